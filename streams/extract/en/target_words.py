"""The words by which an aim is known, and what it measures: the first of `MEASURES` that fits."""

import re

AIM = re.compile(
    r"\b(?:goals?|targets?|aim(?:s|ed|ing)?|striv\w+|ambitions?|objectives?|set itself|sets itself|"
    r"sights on|is (?:meant|supposed|expected|projected|forecast|set|due|planned) to|are (?:meant|"
    r"supposed|expected|projected|forecast|set|planned) to|expected for|"
    r"plans? (?:to|for)|planned to|planning to|hop(?:es?|ing) to|intends? to|wants?|wanted|wish\w*|"
    r"make every effort|means to|meant to|shall|strove to|has a plan|have a plan|aims at|arranged|must|plans "
    r"to see|seeks? to|looks? to|vow(?:s|ed)? to|pledg(?:es|ed) to|will|would|is to|are to|over the "
    r"next|in the next|within (?:three|five|two|four|\d) years|expects?|eyes|eyeing|targets|make sure|"
    r"envisages?|envisaged|envisions?|foresees?|foresaw|pencill?ed in|is after|are after|should|ought to|slated to|"
    r"scheduled to|due to|bound to|poised to|shooting for|shoots for|going for|reaching for|targeting|bent on|"
    r"determined to|resolved to|committed to|intent on|pins? (?:its|their) hopes|counts on|counting on|banks on|"
    r"bets on|"
    r"banking on|betting on|working towards?|works towards?|heading for|heads for|on course (?:for|to)|on track to|"
    r"blueprint|roadmap|road map|guideline|programme|drafted|draws up|has drawn up|mapped out|maps out|projects a|"
    r"anticipates?|anticipated|looks forward|planned at|planned for|is planned|are planned|set at|fixed at|"
    r"put at|mark for|"
    r"the year['’]s mark|quota|task|benchmark|bar (?:at|for)|set the bar|lined up|budgeted|estimates? for|"
    r"reckon(?:s|ed)? (?:with|on)|expected|"
    r"forecasts?|hopes?|aspires?|dreams? of|"
    r"pursues?|pursuing|seeking|plotting|plots|proposes?|proposed|schemes? to|promises? to|undertakes? to|pushes for|"
    r"ensure|guarantee|sprint|raise|lift|is aiming)\b",
    re.IGNORECASE,
)
VENTURE = re.compile(
    r"\b(?:the (?:project|plant|factory|base|company|group|firm|park|fund|complex|hotel)|once|when "
    r"(?:completed|finished|in operation|it runs)|upon completion|after (?:completion|it|going|"
    r"reaching|production)|full capacity|fully operational|annual (?:output|sales|capacity)|capacity|"
    r"per year|a year|phase (?:one|two|i|ii)|jobs|employ\w*)\b",
    re.IGNORECASE,
)
COSTS = re.compile(r"\b(?:swallow|cost|require|pay|bring|need|take|absorb|involve|carry)\w*\b", re.IGNORECASE)
MEASURES = (
    (
        "output_value",
        re.compile(
            r"\b(?:output value|value of (?:its |the )?output|(?:income|revenue) (?:of|from) (?:the )?(?:main|"
            r"principal) "
            r"business\w*)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "cluster_scale",
        re.compile(
            r"\b(?:clusters?|industrial (?:chain|scale)|industry (?:chain|scale)|industr(?:y|ies) (?:with|worth|"
            r"of (?=\D{0,14}\d))|"
            r"\d+-(?:b|m|tr)illion-\w+ (?:industry|economy|sector)|(?:industry|economy) (?:to be|into|worth) "
            r"(?:an? )?\d|scale of (?:the )?(?:\w+ ){0,3}industr\w+|"
            r"(?:industr(?:y|ies)|chain|sector|belt|base)s? (?:\w+ )?to (?:top|reach|exceed|hit|"
            r"surpass|be worth|grow to|pass|"
            r"total|cross))\b",
            re.IGNORECASE,
        ),
    ),
    (
        "output_value",
        re.compile(
            r"\b(?:output|production value|revenue|turnover|gross product|sales|turn out|goods worth|"
            r"industrial value|yield|worth of goods|be worth|worth by)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "foreign_investment",
        re.compile(
            r"\b(?:foreign|overseas) (?:capital|investment|funds|money|direct)|\bfdi\b|utili[sz]ed foreign",
            re.IGNORECASE,
        ),
    ),
    (
        "enterprises_visited",
        re.compile(
            r"\b(?:visit\w*|call(?:s|ing)? (?:up)?on|drop in on|knock|contact|talk (?:to|with)|receive|"
            r"see)\b[^.;]{0,40}"
            r"(?:enterprises|companies|firms)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "activities_held",
        re.compile(
            r"\b(?:lin(?:e|ed|ing) up|schedul\w+|plan\w*|hold|organi[sz]e|host|stage|launch|arrange|run|mount|"
            r"put on|conduct|carry out|undertake|"
            r"go on|make)\b"
            r"[^.;]{0,40}(?:activities|events|conferences|roadshows|promotions|meetings|trips|"
            r"sessions|tours|campaigns)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "activities_held",
        re.compile(
            r"\b(?:activities|events|conferences|roadshows|promotions|meetings|trips|sessions|tours) (?:\w+ ){0,3}?"
            r"(?:planned|scheduled|to be held|be held|due)\b",
            re.IGNORECASE,
        ),
    ),
    ("leads", re.compile(r"\b(?:leads|clues)\b", re.IGNORECASE)),
    ("companies_registered", re.compile(r"\b(?:enterprises|companies|firms)\b", re.IGNORECASE)),
    (
        "investment_actual",
        re.compile(
            r"\b(?:complet\w+ (?:\w+ ){0,3}invest\w*|invest\w* complet\w*|in place|actually|paid[- ]in|arrived)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "projects_signed",
        re.compile(r"\b(?:sign(?:ing)?|ink|conclude)\b[^.;]{0,60}\b(?:projects|contracts|deals)\b", re.IGNORECASE),
    ),
    (
        "projects_introduced",
        re.compile(
            r"\b(?:introduc\w*|attract\w*|absorb|bring(?:ing)? in|draw\w*|lure|settle|rope in|win|woo|land)\b[^.;]{0,"
            r"60}\bprojects\b",
            re.IGNORECASE,
        ),
    ),
    (
        "projects_started",
        re.compile(
            r"\b(?:start|break ground|ground (?:\w+ ){1,3}broken|begin|launch|kick off|commence|construction|"
            r"work)\b[^.;]{0,60}\bprojects\b",
            re.IGNORECASE,
        ),
    ),
    (
        "investment_planned",
        re.compile(
            r"\b(?:contract(?:ed|ual)? (?:value|investment|amount|funds|capital|volume|sum)|agreements? worth|"
            r"contracts? "
            r"(?:worth|of|totall?ing)|investment pledges|signed investment|agreed investment)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "investment_actual",
        re.compile(
            r"\b(?:fixed[- ]assets?|annual investment|investments? (?:of|in|from|into)|of investment|"
            r"invest(?:ing)?|outside funds|domestic funds|"
            r"domestic capital)\b",
            re.IGNORECASE,
        ),
    ),
    ("projects_signed", re.compile(r"\bsign(?:ing|ed)?\b|\bink\b|\bcontracts?\b", re.IGNORECASE)),
    ("projects_started", re.compile(r"\b(?:start\w*|break ground|begin\w*|launch|construction)\b", re.IGNORECASE)),
    (
        "projects_completed",
        re.compile(r"\b(?:complet\w*|finish\w*|put into (?:production|operation))\b", re.IGNORECASE),
    ),
    (
        "projects_introduced",
        re.compile(
            r"\b(?:introduc\w*|attract\w*|absorb|bring(?:ing)? in|land\w*|draw\w*|settle|lure|projects)\b",
            re.IGNORECASE,
        ),
    ),
)
FIRM = re.compile(
    r"\b(?:goals?|targets?|targeting|aims?|aimed|aiming|striv\w+|ambition|objective|set itself|sights|clusters?|"
    r"envisag\w+|envision\w*|foresee\w*|pencill?ed|shooting for|determined to|pins? its hopes|"
    r"blueprint|mark for|quota)\b",
    re.IGNORECASE,
)
SAID_OF_DEAL = re.compile(r"\W*(?:they|these|it|the (?:projects?|deals|contracts|six|\w+ projects))\b", re.IGNORECASE)

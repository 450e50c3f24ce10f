"""The words by which a deal, a project and a pact are known. Expressions without regard to case unless they say so."""

import re

SITE = (
    r"hangars?|extension|expansion|upgrade|relocation|enlargement|undertaking|yard|dockyard|dock|berth|quay|"
    r"jetty|foundry|forge|winery|bakery|dairy|slaughterhouse|abattoir|hatchery|cannery|tannery|sawmill|quarry|cracker|"
    r"boiler|turbine|substation|incinerator|laborator(?:y|ies)|lab|institute|studio|showroom|plaza|industrial estate|"
    r"megafactory|scheme|installation|outlet|server farm|store|storage|port|airport|furnace|kiln|reactor|unit|"
    r"greenhouse|orchard|ranch|plantation|pasture|subsidiary|dam|reservoir|shipyard|brewery|"
    r"distillery|press shop|paint shop|test track|incubator|accelerator|machine|capacity"
)
"""Words for one thing that is built, besides the commonest."""

SINGLE = re.compile(
    r"\b(?:a|an|A|An|the|The|its|Its|their|our|Our|his|whose|One|one|this|that|first|second|third|another|"
    r"[A-Z][\w’'-]+|city['’]s|largest|biggest|[\w-]+(?:yuan|dollar|euro))\s(?:(?:[\w’'&$.“”\"-]|,(?=\d))+\s){0,"
    r"6}?(?:(?i:project|plant|factory|base|headquarters|park|fund|cent(?:er|re)|complex|line|facility|"
    r"mill|smelter|refinery|warehouse|fab|campus|hub|resort|terminal|"
    r"village|town|smelter|farm|station|mine|store|mall|hotel|hospital|clinic|distillery|brewery|"
    r"shipyard|academy|school|stadium|cinema|greenhouse|venture|scheme|works|depot|laborator(?:y|ies)|"
    r"institute|workshop|shop|hot spring|phase|furnace|kiln|unit|reactor|gigafactory|subsidiary|data "
    r"cent(?:er|re)|production "
    rf"base|wharf|building|tower|pipeline|zone|{SITE}))\b"
)
SINGLE_NOUN = re.compile(
    r"\b(?:project|plant|factory|base|headquarters|park|complex|lines?|facility|mill|smelter|refinery|"
    r"warehouse|fab|campus|hub|resort|terminal|farm|station|mine|hotel|hospital|works|depot|hot spring|"
    r"clinic|hospital|distillery|brewery|shipyard|(?-i:Town|Village)|phase|gigafactory|workshop|"
    rf"venture|pipeline|wharf|cent(?:er|re)|{SITE})\b",
    re.IGNORECASE,
)
DETERMINED = re.compile(
    r"\b(?:a|an|A|An|the|The|its|Its|their|our|Our|whose|his|one|One|another|first|second|third|fourth|[A-Z][\w’'-]+)\s"
    rf"(?:(?:[\w’'&$.“”\"-]|,(?=\d))+\s){{0,5}}?(?i:{SINGLE_NOUN.pattern})"
)
PLURAL = re.compile(
    r"\b(?:projects|contracts|deals|agreements|investments|plants|factories|memorandums|memoranda|mous|"
    r"documents|funds)\b",
    re.IGNORECASE,
)
INTENT = re.compile(
    r"\b(?:letters? of (?:intent|intention)|intentions?|intent|non-binding|mous?|memorand(?:um|ums|a)|in principle|"
    r"preliminary|"
    r"tentative|intended)\b",
    re.IGNORECASE,
)
STRONG_SIGN = re.compile(
    r"\b(?:sign|ink|pledg|conclud|seal|put|pen|contract|agree|enter|initial|exchang|formali|clinch|str[iu]ck|deal|nail|"
    r"lock|firm|won|tied|knot|shook|stamp|under one roof|"
    r"commit|finali|came to|reach|under contract)",
    re.IGNORECASE,
)
COOPERATION = re.compile(
    r"\b(?:cooperation|strategic|framework|memorand\w+|mous?|partnership|letters? of intent)\b", re.IGNORECASE
)
CONTRACTED = re.compile(
    r"\b(?:contract(?:ed|ual)?|agreed|planned) (?:foreign )?(?:investment|capital|funds)\b[^,;.]{0,30}$", re.IGNORECASE
)
OFFICE = re.compile(
    r"\b(?:government|city|committee|administration|authority|authorities|governor|mayor|district|county|"
    r"province|state|zone|park)\b",
    re.IGNORECASE,
)
HINT = re.compile(
    r"(?:works? on (?:it|the site|them) (?:began|started)|(?:the )?first (?:sod|stone|pile)|ground was "
    r"broken|ground-?breaking (?:was|took place|followed)|construction (?:of it|was)|"
    r"(?:construction|(?:building )?work|building|(?:trial |mass )?production|operations?) (?:had |has |"
    r"have )?(?:only |just )?"
    r"(?:began|begun|started|commenced)|it (?:broke ground|went into|was completed|was put|opened|started))\b",
    re.IGNORECASE,
)
STRONG_INTRO = re.compile(
    r"(?:introduc|attract|dr[ae]w|br(?:ought|ing)|lur|absorb|woo|pull|poured|flow|signed (?:or|and)|landed and)",
    re.IGNORECASE,
)
PENDING = re.compile(r"\bprojects\b", re.IGNORECASE)
FRAMEWORK = re.compile(r"\b(?:framework|strategic (?:cooperation|co-operation|partnership|alliance))\b", re.IGNORECASE)
PACT = re.compile(
    r"\b(?:agreements?|memorand(?:um|ums|a)|mous?|pacts?|partnerships?|cooperation framework|strategic "
    r"framework|framework|accords?|protocols?|letters? of (?:intent|intention|cooperation)|alliance|(?:cooperation|"
    r"co-operation|collaboration) (?:deal|document|contract|plan|programme|program|project|paper|note)s?|twinning|"
    r"to work together|to cooperate|to collaborate|tie-ups?|strategic (?:cooperation|co-operation|collaboration)|"
    r"deals? (?:on|for|of|to) (?:[\w-]+ ){0,4}(?:cooperation|co-operation|collaboration|partnership)|"
    r"joint (?:laboratory|lab|institute|innovation cent(?:er|re)|research (?:cent(?:er|re)|institute|base)))\b",
    re.IGNORECASE,
)
INVESTMENT = re.compile(
    r"\b(?:(?:re-?)?invest\w*|projects?|contracts?|deals?|agreements?|plants?|factor(?:y|ies)|base|funds?|"
    r"capital|worth|total|mous?|memorand\w+|letters? of intent\w*|park|complex|headquarters|facility|construction|"
    r"cost\w*)\b",
    re.IGNORECASE,
)

"""The words by which a deal, a project and a pact are known. Expressions without regard to case unless they say so."""

import re

SINGLE = re.compile(
    r"\b(?:a|an|A|An|the|The|its|Its|their|our|Our|his|whose|One|one|this|that|first|second|third|another|"
    r"[A-Z][\w’'-]+|city['’]s|largest|biggest|[\w-]+(?:yuan|dollar|euro))\s(?:[\w’'&$.-]+\s){0,"
    r"6}?(?:(?i:project|plant|factory|base|headquarters|park|fund|cent(?:er|re)|complex|line|facility|"
    r"mill|smelter|refinery|warehouse|fab|campus|hub|resort|terminal|"
    r"village|town|smelter|farm|station|mine|store|mall|hotel|hospital|clinic|distillery|brewery|"
    r"shipyard|academy|school|stadium|cinema|greenhouse|venture|scheme|works|depot|laborator(?:y|ies)|"
    r"institute|workshop|shop|hot spring|phase|furnace|kiln|unit|reactor|gigafactory|subsidiary|data "
    r"cent(?:er|re)|production "
    r"base|port|wharf|building|tower|pipeline|dam|reservoir|zone))\b"
)
SINGLE_NOUN = re.compile(
    r"\b(?:project|plant|factory|base|headquarters|park|complex|lines?|facility|mill|smelter|refinery|"
    r"warehouse|fab|campus|hub|resort|terminal|farm|station|mine|hotel|hospital|works|depot|hot spring|"
    r"clinic|hospital|distillery|brewery|shipyard|(?-i:Town|Village)|phase|gigafactory|workshop|"
    r"venture|pipeline|wharf|cent(?:er|re))\b",
    re.IGNORECASE,
)
DETERMINED = re.compile(
    r"\b(?:a|an|A|An|the|The|its|Its|their|our|Our|whose|his|one|One|another|first|second|third|fourth|[A-Z][\w’'-]+)\s"
    rf"(?:[\w’'&$.-]+\s){{0,5}}?(?i:{SINGLE_NOUN.pattern})"
)
PLURAL = re.compile(
    r"\b(?:projects|contracts|deals|agreements|investments|plants|factories|memorandums|memoranda|mous|"
    r"documents|funds)\b",
    re.IGNORECASE,
)
INTENT = re.compile(
    r"\b(?:letters? of intent|intentions?|intent|mous?|memorand(?:um|ums|a)|in principle|preliminary|"
    r"tentative|intended)\b",
    re.IGNORECASE,
)
STRONG_SIGN = re.compile(
    r"(?:sign|ink|pledg|conclud|seal|put|pen|contract|agree|enter|initial|exchang|has agreed|have agreed|"
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
    r"\b(?:government|committee|administration|authority|authorities|governor|mayor|district|county|"
    r"province|state|zone|park)\b",
    re.IGNORECASE,
)
HINT = re.compile(
    r"(?:works? on (?:it|the site|them) (?:began|started)|(?:the )?first (?:sod|stone|pile)|ground was "
    r"broken|ground-?breaking (?:was|took place|followed)|construction (?:began|started|of it|was)|"
    r"work (?:began|started)|building (?:began|started)|it (?:broke ground|went into|was completed|was "
    r"put|opened|started)|production (?:began|started))\b",
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
    r"framework|framework|accords?|protocols?|letters? of intent|alliance|cooperation (?:deal|document|"
    r"contract)s?|twinning|to work together|to cooperate)\b",
    re.IGNORECASE,
)
INVESTMENT = re.compile(
    r"\b(?:(?:re-?)?invest\w*|projects?|contracts?|deals?|agreements?|plants?|factor(?:y|ies)|base|funds?|"
    r"capital|worth|total|mous?|memorand\w+|park|complex|headquarters|facility|construction|cost\w*)\b",
    re.IGNORECASE,
)

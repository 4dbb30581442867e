"""The shapes of expressions of time in English, as one pattern whose named groups say what was found.

`ATOM` matches one expression; the group that took part tells which kind it is, and `dates` reads each kind.
`HINT_WORDS` are the words of which a text must hold one, unless it holds a year, for the pattern to be worth trying.
"""

import re

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_WEEKDAY = rf"(?:{_WEEKDAY}|Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.?,?\s+"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?![0-9:])(?!,[0-9]{3})"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
PART = r"(?:morning|afternoon|evening|night|dawn|daybreak|sunrise|noon|midday|midnight|dusk|sunset|nightfall)"
_LEAD = (
    rf"(?i:(?:(?:in\s+the\s+)?early\s+hours\s+of|(?:late\s+|early\s+)?(?:(?:at|before|after|by|around|on\s+the|in\s+the|the)\s+)?"
    rf"(?:late\s+|early\s+)?{PART}(?:\s+(?:of|on))?|overnight(?:\s+on)?|early|late)\s+(?:on\s+)?)"
)
_TAIL = rf"(?:\s+(?:at\s+|around\s+)?(?i:{PART})\b)?"
_UNIT = r"(?P<unit>hours?|days?|weeks?|months?|years?|decades?)"
_AMOUNT = (
    r"(?P<amount>[0-9]+|(?:a\s+)?(?:few|couple(?:\s+of)?)|several|an?|one|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|thirteen|fourteen|fifteen|sixteen|eighteen|(?:twenty|thirty|forty|fifty|sixty|seventy)(?:[\s-][a-z]+)?)"
)
_NEAR = r"(?P<near>this|last|past|next|coming|previous|following)"
_DATED = (
    rf"(?P<iso>(?:19|20)[0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}})(?![0-9])"
    rf"|(?P<numeric>[0-9]{{1,2}}[./][0-9]{{1,2}}[./](?:19|20)[0-9]{{2}})(?![0-9])"
    rf"|(?:{_LEAD})?(?:{_SHORT_WEEKDAY})?(?:the\s+)?(?P<first>{_DAY})(?:\s*(?:-|–|to|and|until|till|through)\s*(?P<last>{_DAY}))?"
    rf"\s+(?:of\s+)?(?P<month>{_MONTH})\b(?!\s+(?:have|not|be)\b)(?:,?\s+(?P<year>{_YEAR}))?{_TAIL}"
    rf"|(?:{_LEAD})?(?:{_SHORT_WEEKDAY})?(?P<month2>{_MONTH})\s+(?P<first2>{_DAY})"
    rf"(?:\s*(?:-|–|to|until|till|through)\s*(?P<last2>{_DAY})(?!\s*{_MONTH}))?(?:,?\s+(?P<year2>{_YEAR}))?{_TAIL}"
    rf"|(?:(?P<edge>(?i:early|late|mid))[\s-]+)?(?:in\s+)?(?P<month3>{_MONTH})(?:,|\s+of)?\s+(?P<year3>{_YEAR})"
    rf"|(?:(?i:in|since|during|by|until|till|from|through|between|of|early|late|mid|end\s+of|(?P<near3>last|this|next))[\s-]+)+"
    rf"(?P<month4>{_MONTH})\b(?!\s+[0-9])"
    rf"|(?:(?i:in|since|during|by|until|till|from|through|between|early|late|mid|of|year)[\s-]+)+(?P<year4>{_YEAR})(?!-[0-9])"
)
_NAMED = rf"(?:{_LEAD})?(?:(?i:(?:the\s+)?{_NEAR})\s+)?(?P<weekday>{_WEEKDAY})s?\b{_TAIL}"
_SAID = (
    rf"(?i:(?P<ago>(?:{_AMOUNT}\s+)?{_UNIT}\s+ago)"
    rf"|(?P<other>(?:the|that|a)\s+(?:previous|same|next|following)\s+(?:day|night|morning|evening|week|month)"
    rf"|(?:the|a)\s+(?:day|night|week|month)\s+(?:before|after|earlier|later)|that\s+(?:day|night|morning|evening)"
    rf"|(?!an?\s+(?:day|hour|week|month|year)){_AMOUNT.replace('amount', 'amount3')}"
    rf"\s+{_UNIT.replace('unit', 'unit3')}(?:\s+(?:earlier|later|before|after))?)"
    rf"|(?:(?:over|in|during|within|for)\s+)?the\s+(?P<span>last|past|previous|next|coming)\s+"
    rf"(?:{_AMOUNT.replace('amount', 'amount2')}\s+)?{_UNIT.replace('unit', 'unit2')}"
    rf"|(?:earlier\s+|later\s+|early\s+|late\s+)?{_NEAR.replace('near', 'near2')}\s+(?P<period>week(?:end)?|month|year)"
    rf"|(?:over\s+|at\s+|on\s+)?the\s+(?P<weekend>weekend)"
    rf"|(?P<this>this)\s+{PART}|(?P<lastnight>last\s+night)"
    rf"|(?:{_LEAD}|earlier\s+|later\s+)?(?P<day>today|yesterday|tonight|tomorrow)(?:\s+{PART})?"
    rf"|(?P<overnight>overnight)"
    rf"|(?P<partonly>(?:at|before|around)\s+(?:dawn|daybreak|sunrise|noon|midday|midnight|dusk|sunset|nightfall|night)"
    rf"|(?:in|during)\s+the\s+(?:early\s+hours|{PART})))"
)
ATOM = re.compile(rf"(?<![\w$€£.-])(?:{_DATED}|{_NAMED}|{_SAID})(?![\w])")
HINT_WORDS = frozenset(
    [*WEEKDAYS, *(day + "s" for day in WEEKDAYS), "today", "yesterday", "tonight", "tomorrow", "overnight", "week",
     "weeks", "weekend", "month", "months", "year", "years", "day", "days", "hours", "hour", "decade", "decades",
     "night", "morning", "evening", "afternoon", "dawn", "daybreak", "sunrise", "noon", "midday", "midnight", "dusk",
     "sunset", "nightfall", *MONTHS, "sept", "january", "february", "march", "april", "june", "july", "august",
     "september", "october", "november", "december"]
)  # fmt: skip

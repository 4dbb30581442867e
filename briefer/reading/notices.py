"""The patterns of the notices in which outlets take something back, over straightened quotes and dashes.

What outlets write: "An earlier version of this article said …", "(Corrects paragraph 3 to say …, not …)", "… is
withdrawing its story headlined …". Their groups: `wrong` what was said, `right` what is so, `what` a wording of both,
`mis` a verb after which only the topic stands ("misstated the number of dead"), `rest` what follows the word "story".
"""

import re

STRAIGHT = str.maketrans("’‘“”«»–—\u00a0", '\'\'""""-- ')
FLAGS = re.IGNORECASE
PIECE = (
    r"(?:stor(?:y|ies)|reports?|articles?|dispatch(?:es)?|pieces?|posts?|tweets?|alerts?|items?|bulletins?|"
    r"headlines?|videos?|newsflash(?:es)?)\b"
)
PRINTED = r"(?:stor(?:y|ies)|articles?|dispatch(?:es)?|headlines?|items?)\b"
ADVERB = r"(?:incorrectly|wrongly|mistakenly|erroneously|falsely|inaccurately|in error)"
SAID = (
    r"(?:said|stated|reported|wrote|gave|put|quoted|described|identified|named|attributed|referred to|"
    r"suggested|implied|claimed|listed|counted)"
)
MIS = (
    r"(?:mis(?:stated|identified|quoted|reported|attributed|named|represented|characteri[sz]ed|placed|"
    r"dated|counted|gave)|overstated|understated)"
)
TAKE_BACK = (
    r"(?:withdr(?:aws?|awn|ew|awing)|retract(?:s|ed|ing)?|remov(?:e|es|ed|ing)|delet(?:e|es|ed|ing)|"
    r"kill(?:s|ed|ing)?|pull(?:s|ed|ing)?|tak(?:e|es|en|ing) down|took down|unpublish(?:es|ed|ing)?|"
    r"rescind(?:s|ed|ing)?)"
)
TAKEN_BACK = r"(?:removed|retracted|withdrawn|taken down|deleted|unpublished|pulled|rescinded)"

MARK = re.compile(
    r"\W*(?P<mark>corrections?(?: and clarifications?)?|correction of the record|clarification|"
    r"errat(?:um|a)|for the record|"
    r"corrected(?: version)?|corr|retraction|retracted"
    r"|withdrawn|withdrawal|(?:mandatory )?kill(?:[ -]+kill)*|advisory|attention|refile|eds?|editors|(?:please "
    r")?note(?: to (?:readers|editors))?"
    r"|editor(?:'s|s'|s|ial) note|important notice)"
    r"(?:,? (?:(?:on|of|for|dated) )?(?:\w+ \d{1,2}|\d{1,2} \w+)(?:,? \d{4})?)?(?: ?[\(\[][^)\]]{1,60}[\)\]])?"
    r"(?:\s*[:\-/]+\s*|\s+(?=editors|please|clients)|(?P<alone>\W*\Z))",
    FLAGS,
)
WITHDRAWING = re.compile(r"retract|withdr|kill", FLAGS)
TITLED = re.compile(
    r"(?:headlined|titled|entitled|slugged|under the (?:headline|title))[,:]? "
    r"?(?P<quote>[\"'])(?P<title>.{3,200}?)(?P=quote)(?!\w)",
    FLAGS,
)
ADDRESS = re.compile(r"https?://[^\s\"'<>)\]]+")
SPEECH = re.compile(r"[\"'],? (?:said|says|told|added|(?:the|a|an|he|she|they|one) )", FLAGS)

EARLIER = r"(?:earlier|previous|prior|original|first|initial)"
VERSION = re.compile(
    rf"(?:\b{EARLIER} (?:(?:online|print|web|audio|\w+) )?(?:versions?|editions?|drafts?|headlines?)"
    rf"(?: (?:of|on|in|to|for) (?:this|our|the) (?:[\w'-]+ ){{0,3}}?{PIECE}[^.\"]{{0,80}}?)?"
    rf"|\bthis (?:[\w'-]+ ){{0,2}}?{PIECE} (?:originally|previously|initially|first|at first|earlier|in "
    rf"its first version))"
    rf"(?: {ADVERB})?(?:(?: had| have)? {SAID}| (?P<mis>{MIS}))(?: {ADVERB})?,? (?P<wrong>.+)",
    FLAGS,
)
AS_BEFORE = re.compile(
    rf"\A\W*(?P<right>.+?),? as (?:(?:was |had been |we )?(?:incorrectly |wrongly )?(?:stated|said|"
    rf"reported|given|published) )?(?:in )?(?:an?|our|the) {EARLIER} "
    rf"(?:versions?|editions?|{PIECE})",
    FLAGS,
)
WAS_WRONG = re.compile(
    rf"\b(?P<whose>this|our|the|an?) (?:[\w'-]+ ){{0,4}}?{PIECE}(?P<rest>.{{0,300}}?) (?:was|were|is|"
    rf"are|has proved|have proved|proved|turned out)(?: to be)? "
    rf"(?:entirely |completely |simply )?(?:incorrect|wrong|false|untrue|inaccurate|mistaken|in error|"
    rf"erroneous|unfounded|not (?:correct|true))\b",
    FLAGS,
)
SHOULD = re.compile(
    rf"\b(?:{PIECE}|paragraphs?|sentences?|line|figure|number|date|name)\b[^\"]{{0,60}}? should (?:have "
    rf")?(?:say|said|read|been|be)(?: that)? (?P<what>.+)",
    FLAGS,
)
WRONG_THING = re.compile(r"\A(?:the|an?|some)? ?(?:wrong|incorrect|inaccurate|erroneous) ", FLAGS)
RECORD = re.compile(r"\b(?:correct|set) the record|\b(?:this|it|that) has (?:now |since )?been corrected\b", FLAGS)
OWN_NAME = (
    r"(?P<who>we|this (?:newspaper|paper|agency|site|website|outlet|channel|station)|the (?:newspaper|"
    r"paper|agency|broadcaster|site|website|channel|network)|(?:the )?(?-i:[A-Z])[\w.&'-]*(?: "
    r"(?:(?-i:[A-Z])[\w.&'-]*|of|the|news|agency)){0,5}?)"
)
CORRECTED = re.compile(
    rf"\b(?P<whose>this|our|the) (?:[\w'-]+ ){{0,4}}?{PIECE}[^.\"]{{0,80}}? (?:has|have|had|was|were|"
    rf"is) (?:now |since )?(?:been |being )?"
    rf"(?:(?:corrected|amended|fixed)(?: on [^,]{{1,30}}?)?,? (?:to|so as to|so that it) |(?:updated|"
    rf"revised|edited|changed) to (?=correct|fix))"
    rf"(?P<verb>shows?|says?|reads?|reflects?|states?|make (?:it )?clear|clarify|indicate|note|give|"
    rf"remove|correct|fix|delete)"
    rf"(?: that| the fact that)? (?P<what>.+)",
    FLAGS,
)
CORRECTS = re.compile(
    rf"\A\W*{OWN_NAME} (?:has |have )?(?:corrected|amended) (?P<whose>this|its|our|the) (?:[\w'-]+ "
    rf"){{0,3}}?{PIECE}[^.\"]{{0,60}}? to "
    rf"(?P<verb>shows?|says?|reads?|reflects?|states?|make (?:it )?clear|clarify|indicate|remove)(?: "
    rf"that)? (?P<what>.+)",
    FLAGS,
)
REMOVES = re.compile(
    r"\A\W*(?:removes|deletes) (?:an? |the )?(?:references?|mentions?|sentence|paragraph|line|quotes?|"
    r"quotation|claims?) "
    r"(?:to|of|that|saying(?: that)?) (?P<wrong>[^)\]]+)",
    FLAGS,
)
REGRETS = re.compile(
    rf"\A\W*{OWN_NAME} (?:deeply |sincerely )?(?:regrets?|apologi[sz]es? for|is sorry for|are sorry for) "
    rf"(?:having )?(?:{ADVERB} )?"
    rf"(?:report(?:ed|ing)|sa(?:id|ying)|stat(?:ed|ing)|wr(?:itten|iting)|publish(?:ed|ing)) that (?P<wrong>.+)",
    FLAGS,
)
AMENDED = re.compile(
    rf"\b(?:this|the) (?:[\w'-]+ ){{0,2}}?{PIECE} (?:has been|was) (?:corrected|amended|updated|"
    rf"changed)\b[^.]*\.?\Z",
    FLAGS,
)
IT_SAID = re.compile(
    rf"\A\W*(?:(?:it|we|the (?:original )?{PIECE}) (?:had )?(?:originally|previously|initially|first|"
    rf"earlier|{ADVERB})|the original(?: version)?(?: had)?) {SAID}(?: that)? (?P<wrong>.+)",
    FLAGS,
)
IN_THIS = re.compile(rf"\b(?:in|from|of) (?:this|the) (?:[\w'-]+ ){{0,3}}?{PIECE}", FLAGS)
CHANGED = re.compile(
    rf"\bthis (?:[\w'-]+ ){{0,3}}?{PIECE} (?:has been|was) (?:updated|revised|edited|changed) to "
    rf"(?P<verb>show|say|reflect|state|make (?:it )?clear|clarify)"
    rf"(?: that)? (?P<what>.+)",
    FLAGS,
)
WIRE = re.compile(
    r"(?:\W*this [\w ,'-]{0,40}?(?:story|item|version|report|dispatch|article)(?: of the [a-z]+)? |"
    r"\W*\((?:the )?(?:story|item|report) |\W*)"
    r"(?:(?:corrects|fixes)(?: that)?|(?:is |has been )?refile[sd]?,? (?:[\w ]{0,40}? )?to (?:correct|"
    r"fix))\b,? (?P<what>[^)\]]+)",
    FLAGS,
)
WITHDRAWS = re.compile(
    rf"\A\W*(?:[^,\"]{{1,60}}, )?{OWN_NAME} (?:on \w+day )?(?:(?:has|have|is|are|was|were|now|hereby|"
    rf"formally|fully|"
    rf"therefore|today|also|had) ){{0,3}}{TAKE_BACK} (?:from [\w' ]{{1,30}}? )?"
    rf"(?P<whose>its|our|the|this|a|an|that|their|all) (?:(?!and |instruct)[\w'-]+ ){{0,4}}?"
    rf"(?:{PIECE}|(?P<part>sentence|paragraph|line|passage|reference|figure|quotation|quote)\b)(?P<rest>.*)",
    FLAGS,
)
PASSIVE = re.compile(
    rf"\b(?P<whose>this|our|the|an?) (?P<before>(?:[\w'-]+ ){{0,5}}?)"
    rf"(?:{PIECE}|(?P<part>sentence|paragraph|line|passage|reference|figure|quotation|quote)\b)"
    rf"(?P<rest>.{{0,400}}?) (?:has|have|had|was|were|is|are) (?:now |since |hereby )?(?:been |being "
    rf")?{TAKEN_BACK}\b(?P<tail>.*)",
    FLAGS,
)
DISREGARD = re.compile(
    rf"\b(?:disregard|ignore|do not (?:use|publish|run)|don't use|kill|spike|delete|withdraw|retract) "
    rf"(?:the|our|this|all|"
    rf"any) (?:(?!and |instruct)[\w'-]+ ){{0,4}}?{PIECE}(?P<rest>.*)",
    FLAGS,
)
ASKED = re.compile(r"\A\W*(?:please|editors|clients|subscribers)\b", FLAGS)
WRONGLY = re.compile(
    rf"(?:\A|, |\. |: )\W*(?P<who>(?:an?|our|the|this|\w+day's) (?:[\w'-]+ "
    rf"){{0,4}}?(?P<piece>{PIECE})(?P<rest>[^\"]{{0,160}}?)|we|{OWN_NAME.replace('?P<who>', '?:')})"
    rf"(?:, [^,\"]{{1,80}},)? (?:had |have |has )?(?:{ADVERB} {SAID}|{SAID} {ADVERB},?|{SAID}(?= "
    rf"(?:the |an? |some )?(?:wrong|incorrect|inaccurate|erroneous) )|(?P<mis>{MIS}))(?: that)? "
    rf"(?P<wrong>.+)",
    FLAGS,
)
IT_WAS = re.compile(
    rf"\A\W*it was {ADVERB} {SAID} in (?:our|this|\w+(?:day)?'s|an earlier|a previous) (?:[\w'-]+ "
    rf"){{0,3}}?(?:edition|paper|newspaper|bulletin|version|{PIECE})(?: [\w ]{{0,20}})? that "
    rf"(?P<wrong>.+)",
    FLAGS,
)
WE_SAID = re.compile(
    rf"(?P<earlier>\bin an? {EARLIER} [^,\"]{{1,80}}, )?\b(?:(?P<who>we|our (?:[\w'-]+ "
    rf"){{0,3}}?{PIECE}[^\".]{{0,80}}?)|{OWN_NAME.replace('?P<who>', '?P<name>')})"
    rf" (?:had |have |has )?(?:said|stated|reported|wrote|published)(?: [\w ,]{{0,40}}?)?"
    rf"(?: under the (?:headline|title) [\"'].{{3,200}}?[\"'])? that (?:said "
    rf"(?:that )?)?(?P<wrong>.+)",
    FLAGS,
)
ITEM = re.compile(rf"\A\W*(?:(?:the|our|an?) )?(?:[\w'-]+ ){{0,4}}?{PIECE}(?P<rest>.*)", FLAGS)
WHEN_SAID = re.compile(r"\A(?:(?:on|in|last|this|earlier|yesterday|today)\b[\w ,]{0,30}? )?that ", FLAGS)
NOT = r"(?:, (?:and |but )?not| and not| not(?= \d)|,? rather than|,? instead of)(?: (?:the|an?) original)? "
NOT_THIS = re.compile(rf"\A(?P<right>.+?){NOT}(?P<wrong>.+)\Z", FLAGS)
TO_SAY = re.compile(
    rf"\A(?:(?P<topic>.*?)[ ,]+)?to (?:say|show|read|reflect|state|make (?:it )?clear|clarify|indicate|"
    rf"remove)(?: that)? (?P<right>.+?)(?:(?:{NOT}|,? from )(?P<wrong>.+))?\Z",
    FLAGS,
)
FROM_TO = re.compile(r"\A(?P<topic>.+?),? from (?P<wrong>.+?) to (?P<right>.+)\Z", FLAGS)
TO_FROM = re.compile(rf"\A(?P<topic>.+?) (?:to|is|as) (?P<right>.+?)(?:{NOT}|,? from )(?P<wrong>.+)\Z", FLAGS)
IN_FACT = re.compile(
    r"\s*(?:;|--?(?= )|,? (?:when|but|whereas|while)(?= in fact| actually| it | the | they | only | \d)|"
    r", (?:instead of|rather than|not)(?= )|\. (?=in fact))\s*(?P<right>.+)",
    FLAGS,
)
LEADING_IN = re.compile(
    r"\A(?:(?:in fact|actually|in reality|instead|rather|it should have (?:said|read|been)(?: that)?|"
    r"(?:it|that|this|they|the (?:correct |actual |right )?(?:number|figure|toll|total|date|day|place|"
    r"town|village|name|spelling)) (?:was|is|were|are|should be|should have been)(?= (?!not\b)))[, "
    r"]+)+(?:in fact,? )?",
    FLAGS,
)
NEXT = re.compile(
    r"\A\W*(?:in fact|actually|in reality|rather|instead|it|that|this|they|he|she|there|no|none|"
    r"the)\b.*\b(?:was|is|were|are|did|do|does|had|has|have|should|remain(?:s|ed)?|took|took place|"
    r"happened|occurred)\b|\A\W*in fact\b",
    FLAGS,
)
UNTRUE = re.compile(
    r"\b(?:(?:was|is|were|proved|turned out to be) (?:untrue|false|incorrect|wrong|inaccurate|unfounded|"
    r"mistaken|not (?:true|correct|the case|accurate)))\b|\b(?:did|has|have|had|was|were) not\b",
    FLAGS,
)
ONLY_WRONG = re.compile(
    r"\A(?:untrue|false|incorrect|wrong|inaccurate|unfounded|mistaken|not (?:true|correct))\W*\Z", FLAGS
)
REGRET = re.compile(
    r"\b(?:regrets?|apologi[sz]es?|sorry for) (?:(?:for|to) )?(?:[\w' ]{0,40})?(?:error|mistake|readers|"
    r"confusion|misreport)|\bapologi[sz]es? for\b",
    FLAGS,
)
WE_RETRACT = re.compile(
    r"\b(?:we|the \w+) (?:hereby |now |therefore |fully )?(?:retracts?|withdraws?|take back) "
    r"(?:it|this|that|the|our)\b",
    FLAGS,
)
WHERE = re.compile(
    r"(?:,? in (?:the )?(?:headline|lead|first|second|third|last|\w+ paragraph|paragraph)\b|;).*\Z", FLAGS
)
REASON = re.compile(
    r",? (?:because|after|as it|as the|due to|following|pending|since|owing to|when it|for failing|and "
    r"(?:regrets?|apologi[sz]es?))\b.*\Z|,? (?:has|have|was|were|is|are) (?:been )?" + TAKEN_BACK + r"\b.*\Z",
    FLAGS,
)
THAT = re.compile(
    r"(?:\A|[\s,])(?:that|saying(?: that)?|claiming(?: that)?|stating(?: that)?|reporting(?: that)?|"
    r"alleging(?: that)?|which (?:\w+ )?(?:said|claimed|stated|reported)(?: that)?|about|on|of) "
    r"(?P<wrong>.+)\Z",
    FLAGS,
)
TRIVIAL = re.compile(
    r"\b(?:typos?|typographical|spellings?|misspell\w*|bylines?|datelines?|hyperlinks?|links?|"
    r"formatting|style|grammar|captions?|photo credit|garbles?|slug|syntax|keywords?|pronouns?)\b",
    FLAGS,
)
PARAGRAPH = re.compile(
    r"\A(?:in )?(?:the )?(?:\w+ )?(?:paragraphs?|paras?|headlines?|lead|first line|bullet points?)(?: "
    r"\w+)?(?:,? and \w+)?[ ,]*",
    FLAGS,
)

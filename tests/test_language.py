"""The language of an article, among the languages that wars are reported in."""

import pytest

from briefer.clean.language import language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The army said that it had taken the village after two days of fighting with the rebels."),
        (
            "en",
            "Jabhat Al-Nusra, Harakat Ahrar Al-Sham and Jaysh Al-Mujahiddeen attacked Al-Layramoun, Al-Khalidiyah and"
            " Bashkoy, while Liwaa Al-Quds and Suqour Al-Sahara held Handarat and Al-Rashideen in the north of Halab.",
        ),
        (
            "en",
            "Al Shabaab und der Sturm auf Kismayo is the title of a book by the author, who was in the town for"
            " a year.",
        ),
        ("fr", "L'armée a annoncé que ses forces ont repris la ville après deux jours de combats avec les rebelles."),
        ("de", "Die Armee teilte mit, dass sie das Dorf nach zwei Tagen von den Rebellen zurückerobert hat."),
        ("es", "El ejército dijo que sus tropas tomaron la ciudad después de dos días de combates con los rebeldes."),
        ("pt", "O exército disse que as suas tropas não tomaram a cidade, após dois dias de combates com os rebeldes."),
        ("it", "L'esercito ha detto che le truppe sono entrate nella città dopo due giorni di scontri con i ribelli."),
        ("tr", "Ordu, iki gün süren çatışmalardan sonra köyü geri aldığını ve bir çok militanın öldüğünü açıkladı."),
        ("pl", "Wojsko podało, że po dwóch dniach walk zajęło wieś, ale nie jest jasne, kto kontroluje most na rzece."),
        (
            "ro",
            "Armata a anunțat că a ocupat satul după două zile de lupte și că mai mulți rebeli au fost uciși în zonă.",
        ),
        ("nl", "Het leger zegt dat het dorp na twee dagen van gevechten is ingenomen en dat er doden zijn gevallen."),
        (
            "sw",
            "Jeshi lilisema kwamba wanajeshi wake waliingia katika mji huo baada ya siku mbili za mapigano na"
            " waasi wa kundi hilo.",
        ),
        (
            "so",
            "Ciidanka ayaa sheegay in ay la wareegeen magaalada kaddib laba maalmood oo dagaal ah oo ka dhacay"
            " waqooyiga.",
        ),
        ("ru", "Армия сообщила, что после двух дней боёв её войска вошли в село и что были убитые."),
        ("uk", "Армія повідомила, що після двох днів боїв її війська увійшли в село і що є загиблі."),
        ("ar", "قال الجيش إن قواته دخلت البلدة بعد يومين من القتال مع المسلحين في شمال المحافظة."),
        ("fa", "ارتش اعلام کرد که نیروهایش پس از دو روز درگیری وارد شهر شدند و این منطقه را در کنترل دارند."),
        ("ps", "پوځ وویل چې د دوو ورځو جګړې وروسته یې ځواکونه ښار ته ننوتي دي او ډېر کسان وژل شوي."),
        ("ur", "فوج نے کہا ہے کہ دو دن کی لڑائی کے بعد اس کے دستے شہر میں داخل ہو گئے ہیں۔"),
        ("he", "הצבא הודיע כי כוחותיו נכנסו לכפר אחרי יומיים של קרבות."),
        ("zh", "军队表示，经过两天的战斗，部队已进入该村庄。"),
        ("ja", "軍は二日間の戦闘の後、部隊が村に入ったと発表した。"),
        ("ko", "군은 이틀간의 전투 끝에 부대가 마을에 진입했다고 밝혔다."),
        ("my", "စစ်တပ်သည် နှစ်ရက်ကြာ တိုက်ပွဲများအပြီး ရွာထဲသို့ ဝင်ရောက်ခဲ့သည်ဟု ဆိုသည်။"),
        ("am", "ሠራዊቱ ከሁለት ቀናት ውጊያ በኋላ ወደ መንደሩ መግባቱን አስታወቀ።"),
        ("hi", "सेना ने कहा कि दो दिन की लड़ाई के बाद उसके सैनिक गाँव में घुस गए।"),
        ("", "Al-Rashideen Bashkoy Handarat Khan Touman Al-Eis Zitan Barnah Halab"),
        ("", "12 34 56"),
        ("", ""),
    ],
)
def test_language(code: str, text: str) -> None:
    assert language(text) == code

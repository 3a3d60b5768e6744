"""What invented people tell the fictional landlord: in many voices, lengths and languages, some of them messy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Voice:
    """One account and what goes with it; codes are the policy pack's."""

    words: str
    types: tuple[str, ...]
    strands: tuple[str, ...] = ()
    language: str = "en"
    channel: str = "WEB_FORM"
    role: str = "victim"
    identity: str = "confidential"
    danger: tuple[str, ...] = ()
    place: str = "HOME"
    needs: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    responsible: str = ""
    ongoing: bool = False
    police: str = "no"


VOICES = (
    Voice(
        "Sunday night about twenty to ten somebody kicked the door till the lock side split. They shouted the same words they "
        "shout at my girls on the stairs. I think it is from next door. Please do not tell police, if they come he will come "
        "back. The door does not shut. I have two children in here.",
        ("FORCED_ENTRY", "VERBAL", "DAMAGE_PROPERTY"), ("RACE", "RELIGION"), channel="PHONE_OOH",
        danger=("MAY_COME_BACK", "HOME_NOT_SECURE"), needs=("LOCKS", "INTERPRETER"), wants=("FEEL_SAFE", "STOP_IT"),
        responsible="The man next door, I do not know his name", ongoing=False, police="no",
    ),
    Voice(
        "عند الساعة العاشرة ليلاً رموا حجراً على شباك غرفة الأولاد وكتبوا كلاماً قبيحاً على الباب. هذه المرة الثالثة في شهر. "
        "ابني لا ينام. لا أريد أن يعرف الجار أنني اشتكيت.",
        ("OBJECTS_THROWN", "GRAFFITI", "DAMAGE_PROPERTY"), ("RACE", "RELIGION"), language="ar", needs=("BOARDING", "CLEAN_OFF"),
        wants=("STOP_IT", "FEEL_SAFE"), responsible="", ongoing=True,
    ),
    Voice(
        "Every week for about a year now there is dirt through the letterbox. Dog mess mostly, once a dead bird. I clean it "
        "up before my husband gets home because he will only go round. I know who, I have seen her, but I can't prove it. "
        "We are the only Asian family on the row.",
        ("OFFENSIVE_ITEM", "HARASSMENT_PATTERN"), ("RACE",), ongoing=True, needs=("REPAIR",),
        wants=("STOP_IT", "NO_CONTACT"), responsible="A woman three doors along",
    ),
    Voice("They wrote it again. Same place, the bin store. Red paint. You know what it says.", ("GRAFFITI",), ("RACE",),
          role="witness", identity="anonymous", place="COMMUNAL", needs=("CLEAN_OFF",)),
    Voice(
        "Swastika, about a metre across, on the inside of the front door of the empty flat. Not there on Wednesday when I "
        "mopped the landing. Nobody about.",
        ("GRAFFITI", "SYMBOL_STICKER_FLAG"), ("RELIGION",), channel="STAFF_OBS", role="staff", identity="named",
        place="COMMUNAL", needs=("CLEAN_OFF",),
    ),
    Voice(
        "My neighbour calls me a slur about being gay whenever I am in the garden. He plays a song with the word in it and "
        "turns it up when I come out. Last Thursday he said someone should burn me out. He was laughing when he said it but "
        "I did not feel it was a joke.",
        ("VERBAL", "THREAT_ARSON", "NOISE_TARGETED"), ("SEXUAL_ORIENTATION",), ongoing=True, wants=("STOP_IT", "POLICE"),
        responsible="Upstairs neighbour", police="with_name",
    ),
    Voice(
        "hi im 17 i live w my mam. lads on the estate follow me home from the bus and shout stuff cos im trans. yesterday one "
        "of them grabbed my bag and chucked it over the fence. my mam doesnt know im telling you. pls dont send a letter",
        ("INTIMIDATION", "VERBAL", "ASSAULT_NO_INJURY"), ("TRANSGENDER",), place="STREET", ongoing=True,
        wants=("STOP_IT", "SOMEONE_TO_TALK_TO"), responsible="Four lads, about my age",
    ),
    Voice(
        "They knocked my scooter over and cut the charger cable. That is the second cable. Without the scooter I can't get to "
        "the shop or the doctor. The same two boys call me names for the way I walk.",
        ("DAMAGE_MOBILITY_AID", "VERBAL"), ("DISABILITY",), needs=("REPAIR",), wants=("STOP_IT", "REPAIRS"),
        responsible="Two boys from the end house",
    ),
    Voice(
        "A friend moved in with my brother in January and now there are three of them. He has a learning disability. They take "
        "his money on the day it comes and they make him stand outside when people visit. He says they are his mates. I am "
        "reporting for him, he does not know I am doing this yet.",
        ("EXPLOITATION",), ("DISABILITY",), role="third_party", identity="named", ongoing=True, danger=("CHILD_OR_ADULT_AT_RISK",),
        wants=("FEEL_SAFE", "SOMEONE_TO_TALK_TO"),
    ),
    Voice(
        "Przez ostatnie trzy tygodnie ktoś przebija nam opony i wkłada kartki za wycieraczkę: „wracajcie do siebie”. Mam "
        "zdjęcia. Boję się o żonę, jest w ciąży. Proszę nie dzwonić rano, sąsiad słyszy przez ścianę.",
        ("DAMAGE_VEHICLE", "OFFENSIVE_LITERATURE"), ("RACE",), language="pl", place="CAR_PARK", ongoing=True,
        wants=("STOP_IT", "POLICE"), police="without_name",
    ),
    Voice(
        "Copiii mei sunt scuipați pe scări de un bărbat de la etajul doi. Ne spune să plecăm în țara noastră. Ieri a lovit ușa "
        "cu piciorul.", ("SPITTING", "VERBAL", "INTIMIDATION"), ("RACE",), language="ro", place="STAIRWELL",
        responsible="Bărbat, etajul 2", wants=("STOP_IT",),
    ),
    Voice(
        "دیشب دوباره پشت در ایستاده بودند و فریاد می‌زدند. پسرم می‌ترسد به مدرسه برود. ما فقط می‌خواهیم زندگی کنیم.",
        ("INTIMIDATION", "VERBAL"), ("RACE", "RELIGION"), language="fa", ongoing=True, needs=("INTERPRETER",),
        wants=("STOP_IT", "FEEL_SAFE"),
    ),
    Voice(
        "Вчора сусід кричав на мою маму і замахнувся палицею. Вона впала. Ми не знаємо, куди звертатися.",
        ("ASSAULT_INJURY", "WEAPON"), ("RACE",), language="uk", danger=("BADLY_HURT",), role="witness", place="ENTRANCE",
        wants=("POLICE", "FEEL_SAFE"), police="with_name",
    ),
    Voice(
        "میرے دروازے پر روز گندگی پھینکی جاتی ہے اور برقع کے بارے میں گندی باتیں کی جاتی ہیں۔ میں گھر سے باہر نکلنے سے ڈرتی ہوں۔",
        ("OFFENSIVE_ITEM", "VERBAL"), ("RELIGION",), language="ur", ongoing=True, wants=("STOP_IT", "SOMEONE_TO_TALK_TO"),
    ),
    Voice(
        "আমার ছেলেকে খেলার মাঠে মারধর করেছে এবং আমাদের ধর্ম নিয়ে গালি দিয়েছে। আমি চাই না ওরা জানুক কে বলেছে।",
        ("ASSAULT_INJURY", "VERBAL"), ("RACE", "RELIGION"), language="bn", place="STREET", wants=("STOP_IT",),
    ),
    Voice(
        "شەوانە کۆمەڵێک گەنج لەبەر دەرگاکەمان کۆدەبنەوە و جنێومان پێ دەدەن. ژنەکەم زۆر دەترسێت.",
        ("INTIMIDATION", "VERBAL"), ("RACE",), language="ckb", ongoing=True, needs=("INTERPRETER",), wants=("STOP_IT",),
    ),
    Voice(
        "Burning paper pushed through the door at 3am. Hall carpet is scorched, smoke alarm woke us. Fire brigade have been "
        "and gone. We are sat in the kitchen, nobody is going back upstairs.",
        ("ATTEMPTED_ARSON",), ("RACE",), channel="PHONE_OOH", danger=("FIRE", "MAY_COME_BACK"), needs=("LOCKS", "SOMEWHERE_TONIGHT"),
        wants=("FEEL_SAFE", "POLICE"), police="with_name", identity="named",
    ),
    Voice(
        "He stands at the end of the path when I leave for work. Every day since I turned him down. He has started leaving "
        "notes. He works for the people who cut your grass so he knows when I am in.",
        ("STALKING", "INTIMIDATION", "STAFF_CONDUCT"), ("SEX",), ongoing=True, wants=("NO_CONTACT", "STOP_IT"),
        responsible="A contractor's worker, in the green van", danger=("MAY_COME_BACK",),
    ),
    Voice(
        "Estate Facebook group. Someone put my address up and said that is where the [word] lives, with a photo of my window. "
        "Forty comments. I have screenshots of most of it.",
        ("ONLINE", "THREAT"), ("SEXUAL_ORIENTATION",), place="ONLINE", wants=("STOP_IT", "POLICE"), police="not_asked",
    ),
    Voice("ongoing abuse from no 14, racial. see previous emails.", ("VERBAL",), ("RACE",), channel="EMAIL", identity="named"),
    Voice(
        "To whom it may concern. I am seventy-eight years of age and have lived in my home for forty-one years. Since the "
        "spring, children have been ringing my bell at all hours, throwing eggs, and imitating the way I speak since my "
        "stroke. On Tuesday a firework was let off in my porch. I do not wish to get anybody into trouble but I should "
        "like it to stop. Yours faithfully.",
        ("OBJECTS_THROWN", "FIREWORK_LETTERBOX", "INTIMIDATION"), ("AGE", "DISABILITY"), channel="LETTER", identity="named",
        ongoing=True, wants=("STOP_IT", "FEEL_SAFE"), danger=("FIRE",),
    ),
    Voice(
        "I'm a health visitor. A mother on my list told me that her neighbours bang on the wall and shout at her for wearing a "
        "headscarf. She agreed that I could pass this on but she is not ready to speak with you herself.",
        ("VERBAL", "NOISE_TARGETED"), ("RELIGION",), channel="COMMUNITY", role="professional", identity="named", ongoing=True,
        wants=("RECORD_ONLY",),
    ),
    Voice(
        "Reported to us at the drop-in: a Roma family at the top of the bank have had their bins set on fire twice and their "
        "lad was chased with a dog. They think the council and you are the same people. They asked us to say it for them.",
        ("ARSON", "ANIMAL", "INTIMIDATION"), ("RACE",), channel="COMMUNITY", role="third_party", identity="named",
        wants=("STOP_IT", "SOMEONE_TO_TALK_TO"), danger=("FIRE",),
    ),
    Voice("my mate said u can report here. theyve smashed his window AGAIN cos hes gay. wont report it hisself", ("DAMAGE_PROPERTY",),
          ("SEXUAL_ORIENTATION",), role="witness", identity="anonymous", needs=("BOARDING",)),
    Voice(
        "Kids hoyed stones at the windows while we were at prayer and one shouted about bombs. It happens most Fridays now. "
        "The bairns at school say my daughter smells. I'm sick of it, pet, I really am.",
        ("OBJECTS_THROWN", "VERBAL"), ("RELIGION", "RACE"), ongoing=True, wants=("STOP_IT",),
    ),
    Voice(
        "The lady from the flat below told your repairs man in front of me that 'they' should not be given houses. He laughed "
        "and agreed with her and then he said he'd be back next week, he's got the key code. I have a mezuzah on the door.",
        ("STAFF_CONDUCT", "VERBAL"), ("RELIGION", "RACE"), wants=("NO_CONTACT", "SOMEONE_TO_TALK_TO"), responsible="Repairs worker and neighbour",
    ),
    Voice(
        "Dog set on my assistance dog in the lift. She is shaking and so am I. The owner said blind people should not be let "
        "have flats on the sixth floor.",
        ("ANIMAL", "VERBAL"), ("DISABILITY",), place="LIFT", wants=("POLICE", "STOP_IT"), police="with_name", identity="named",
    ),
    Voice("Stickers all along the railings, one of the far right groups, and one on each of our doors. Only ours, not the others.",
          ("SYMBOL_STICKER_FLAG", "EXTREMIST_CAMPAIGN"), ("RACE",), role="witness", place="COMMUNAL", needs=("CLEAN_OFF",)),
    Voice(
        "He's my ex. He doesn't live here but his mam does, across the road. He films me coming and going and sends me the "
        "clips. Says he knows what my kids wear to school.",
        ("STALKING", "PHONE_TEXT", "THREAT"), (), ongoing=True, danger=("MAY_COME_BACK",), wants=("NO_CONTACT", "FEEL_SAFE"),
        responsible="Former partner",
    ),
    Voice(
        "It has gone quiet since you spoke to them but yesterday he drew a finger across his throat at me through the window. "
        "You said to tell you if anything else happened so I am telling you.",
        ("GESTURE", "THREAT_KILL"), ("RACE",), wants=("STOP_IT",), identity="named", responsible="Same man as before",
    ),
    Voice(
        "Complaint about parking but also, and this is the real reason, she calls my wife a terrorist every time we reverse "
        "out. My wife has stopped driving.",
        ("VERBAL",), ("RELIGION",), channel="COMPLAINT", identity="named", ongoing=True, wants=("STOP_IT",),
    ),
    Voice(
        "Councillor's surgery: resident of the sheltered scheme says two other residents have stopped her using the lounge "
        "because she goes to a different church. Food has been taken out of the shared fridge and binned.",
        ("EXCLUSION",), ("RELIGION",), channel="MP_CLLR", role="third_party", identity="named", place="COMMUNAL",
    ),
    Voice("🙃 they put a banana on my car again. 3rd time. I have it on the doorbell cam but it deletes after 7 days so pls be quick",
          ("OFFENSIVE_ITEM", "DAMAGE_VEHICLE"), ("RACE",), place="CAR_PARK", ongoing=True, wants=("STOP_IT", "RECORD_ONLY")),
    Voice(
        "Posted publicly: 'been onto @wrenfold homes for weeks about the abuse my mum gets, nobody has rung her back, she is "
        "82 and scared to put her bins out'. Account looks genuine. Asked them to message us; no answer yet.",
        ("VERBAL", "INTIMIDATION"), ("AGE",), channel="SOCIAL", role="third_party", ongoing=True,
    ),
    Voice(
        "Tasking meeting item 6. Officer reports three calls to the block since the first of the month, all hostility towards "
        "the two Sudanese households. Victims do not know that this has been passed on.",
        ("VERBAL", "INTIMIDATION"), ("RACE",), channel="CST", role="professional", identity="named", ongoing=True,
    ),
    Voice(
        "She tells everyone I am a paedophile because I live alone and I am autistic. People have started crossing the road. "
        "Two lads came to the door on Saturday and said I had a week to leave.",
        ("MALICIOUS_COMPLAINT", "THREAT", "INTIMIDATION"), ("DISABILITY",), danger=("MAY_COME_BACK",), ongoing=True,
        wants=("FEEL_SAFE", "STOP_IT"),
    ),
    Voice(
        "I do not want to say who I am. There is a family in the block who are getting it every night and they have stopped "
        "opening the curtains. I can hear it through the floor. Somebody needs to look in on them.",
        ("VERBAL", "INTIMIDATION"), ("RACE",), role="witness", identity="anonymous", ongoing=True, danger=("CHILD_OR_ADULT_AT_RISK",),
    ),
    Voice(
        "The noise case you have got open under my name, it isn't about noise. He plays it when my partner comes round because "
        "we're two women. I said that on the phone in March and nobody wrote it down.",
        ("NOISE_TARGETED", "VERBAL"), ("SEXUAL_ORIENTATION",), channel="ASB_CASE", identity="named", ongoing=True,
        wants=("STOP_IT", "RECORD_ONLY"),
    ),
    Voice(
        "They wait till he goes to nights. Then it's the doorbell, then the letterbox, then the shouting. I sit in the bath "
        "with the light off. I have thought about not being here any more. I would not do it because of my son.",
        ("INTIMIDATION", "VERBAL", "HARASSMENT_PATTERN"), ("RACE", "SEX"), ongoing=True, danger=("SUICIDAL",),
        wants=("SOMEONE_TO_TALK_TO", "FEEL_SAFE"),
    ),
    Voice("Spat at outside the shop below the flats. He said go home. I was born in the hospital up the road.", ("SPITTING", "VERBAL"),
          ("RACE",), place="SHOP", wants=("RECORD_ONLY",)),
    Voice(
        "Three things in one week: hate mail (kept it in a sandwich bag), paint on the gate, and the wheel nuts loosened on "
        "the car, which the garage found. I have a list with the dates and times. I am prepared to go to court.",
        ("OFFENSIVE_LITERATURE", "DAMAGE_PROPERTY", "DAMAGE_VEHICLE"), ("SEXUAL_ORIENTATION",), identity="named",
        wants=("POLICE", "STOP_IT"), police="with_name", needs=("CLEAN_OFF",),
    ),
    Voice("HELP THEY ARE OUTSIDE NOW", ("INTIMIDATION",), ("RACE",), danger=("HAPPENING_NOW",), identity="anonymous"),
    Voice(
        "I manage the mosque on the corner. Bacon was tied to the handle of the community room that we rent from you. Not the "
        "first time; the first I put down to kids.",
        ("OFFENSIVE_ITEM",), ("RELIGION",), role="professional", identity="named", place="COMMUNAL", needs=("CLEAN_OFF",),
    ),
    Voice(
        "My son is ten. Some bigger boys took his hearing aids and threw them on the garage roof. They do an impression of "
        "him every time he passes. He will not go out now and he used to be out all day.",
        ("ASSAULT_NO_INJURY", "DAMAGE_MOBILITY_AID", "VERBAL"), ("DISABILITY",), place="STREET", wants=("STOP_IT", "SOMEONE_TO_TALK_TO"),
    ),
    Voice("goth lass at 22 getting bottles thrown at her by same lot as last yr. i seen it. dont use my name", ("OBJECTS_THROWN",),
          ("ALT_SUBCULTURE",), role="witness", identity="confidential", place="STREET"),
    Voice(
        "Somebody has been reporting us to social services, to the benefits people and to you, all made up. Your officer came "
        "about a dog. We have never had a dog. I think that it is because we are Travellers and have been moved in here.",
        ("MALICIOUS_COMPLAINT",), ("RACE",), identity="named", ongoing=True, wants=("STOP_IT", "RECORD_ONLY"),
    ),
    Voice(
        "Found my car keyed with a word for women. New job, so I leave in a suit. The neighbour two along says it to my face "
        "as well so it is not a mystery.",
        ("DAMAGE_VEHICLE", "VERBAL"), ("SEX",), place="CAR_PARK", responsible="Neighbour two along", wants=("STOP_IT",),
    ),
    Voice(
        "Es war schon wieder laut und sie haben gegen meine Tür getreten. My English is not good when I am upset. I will write "
        "more later. Bitte.",
        ("INTIMIDATION",), ("RACE",), language="de", danger=("MAY_COME_BACK",), needs=("INTERPRETER",),
    ),
)  # fmt: skip
"""Each may be told more than once by different people, as things are."""

UPDATES = (
    "We have read what you told us and somebody is working on it. Nothing has been said to anybody else.",
    "We have asked for the door to be made safe. The work is described as a repair and nothing more.",
    "Nothing new to tell you this week, and we have not forgotten. We will write here again by Friday.",
    "Thank you for the photographs. They are kept safely with your report.",
)

QUESTIONS = (
    "Is the time between 10 and 2 still safe for a call?",
    "Would you like somebody to speak with you in your own language?",
    "Do the cameras at the entrance face the place where it happened?",
)

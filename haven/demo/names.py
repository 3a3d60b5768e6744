"""Invented people's names, by the communities that a northern town has; every pairing is by chance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Community:
    """Given names and family names, the language often spoken at home, and how common it is here."""

    weight: int
    language: str
    given: tuple[str, ...]
    family: tuple[str, ...]


COMMUNITIES = (
    Community(
        620, "en",
        ("Alan", "Joanne", "Craig", "Michelle", "Stephen", "Denise", "Lee", "Karen", "Jordan", "Chloe", "Ryan", "Megan",
         "Kyle", "Ellie", "Norman", "Maureen", "Derek", "Sheila", "Liam", "Abbie", "Keith", "Lynn", "Dean", "Kelly"),
        ("Thirlwell", "Ridley", "Hepple", "Stobbs", "Carrick", "Fenwick", "Lumsden", "Bewick", "Dodds", "Shields",
         "Rutter", "Tait", "Wardle", "Nesbit", "Oliver", "Purvis", "Hedley", "Charlton", "Gibb", "Storey"),
    ),
    Community(
        60, "pl", ("Piotr", "Agnieszka", "Marek", "Katarzyna", "Tomasz", "Ewa", "Paweł", "Magda"),
        ("Wiśniak", "Kowalczuk", "Zielonka", "Dąbrowny", "Lewandek", "Szymczyk"),
    ),
    Community(
        50, "ro", ("Ionuț", "Elena", "Mihai", "Andreea", "Vasile", "Ioana"), ("Popescan", "Munteal", "Ciobănel", "Dragnea"),
    ),
    Community(
        60, "ar", ("Amna", "Yusuf", "Hiba", "Omar", "Salma", "Khalid", "Rania", "Mustafa"),
        ("Elamin", "Haddadin", "Al-Tayib", "Osmani", "Idrisi", "Bashiri"),
    ),
    Community(30, "fa", ("Nasrin", "Behrouz", "Laleh", "Kaveh", "Shirin"), ("Rostamian", "Jahanpour", "Karimnia", "Moradi")),
    Community(30, "ckb", ("Shilan", "Rebwar", "Naz", "Hêmin", "Awaz"), ("Barzinji", "Hawrami", "Jaff", "Sorani")),
    Community(40, "bn", ("Farhana", "Rafiq", "Nasima", "Shahid", "Taslima"), ("Begum", "Miah", "Chowdhuri", "Uddin")),
    Community(40, "ur", ("Saima", "Imran", "Bushra", "Tariq", "Zainab"), ("Qureshi", "Malik", "Bhattee", "Rehmani")),
    Community(20, "uk", ("Oksana", "Dmytro", "Iryna", "Taras"), ("Kovalchenko", "Bondarets", "Shevchuk", "Melnyk")),
    Community(40, "en", ("Chidi", "Ngozi", "Tunde", "Adaeze", "Kwame", "Abena"), ("Okonjo", "Adeyemo", "Mensah", "Balogan")),
    Community(20, "pa", ("Gurpreet", "Harjit", "Simran", "Manjit"), ("Dhaliwal", "Sandhar", "Gill", "Bains")),
    Community(15, "zh", ("Mei", "Jun", "Xiulan", "Wei"), ("Chan", "Leung", "Zhou", "Lin")),
    Community(15, "so", ("Hodan", "Abdi", "Ifrah", "Warsame"), ("Farah", "Jama", "Warsan", "Aden")),
    Community(15, "ti", ("Selam", "Yonas", "Letebrhan", "Filmon"), ("Tesfay", "Gebremariam", "Haile", "Kidane")),
)  # fmt: skip

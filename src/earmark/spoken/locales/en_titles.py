"""Titles before names, saints, and what streets are called."""

from earmark.spoken.locales import words

# Before a name with a capital.
TITLES = {
    "Mr": "mister",
    "Mrs": "missus",
    "Ms": "Mizz",
    "Mx": "Mix",
    "Dr": "doctor",
    "Drs": "doctors",
    "Prof": "professor",
    "Profs": "professors",
    "Rev": "reverend",
    "Revd": "reverend",
    "Fr": "father",
    "Sr": "sister",
    "Hon": "honourable",
    "Lt Col": "lieutenant colonel",
    "Lt. Col": "lieutenant colonel",
    "Lt Gen": "lieutenant general",
    "Lt Cdr": "lieutenant commander",
    "Maj Gen": "major general",
    "Brig Gen": "brigadier general",
    "Det Sgt": "detective sergeant",
    "Det Insp": "detective inspector",
    "Det Supt": "detective superintendent",
    "Det Con": "detective constable",
    "Det Ch Insp": "detective chief inspector",
    "Ch Supt": "chief superintendent",
    "Ch Insp": "chief inspector",
    "Rt Hon": "right honourable",
    "Rt Rev": "right reverend",
    "Gp Capt": "group captain",
    "Wg Cdr": "wing commander",
    "Sqn Ldr": "squadron leader",
    "Flt Lt": "flight lieutenant",
    "Air Cdre": "air commodore",
    "Fg Off": "flying officer",
    "Sub-Lt": "sub-lieutenant",
    "Lt-Col": "lieutenant colonel",
    "Lt-Gen": "lieutenant general",
    "Lt-Cdr": "lieutenant commander",
    "Maj-Gen": "major general",
    "Vice-Adm": "vice-admiral",
    "Rear-Adm": "rear admiral",
    "Most Rev": "most reverend",
    "Very Rev": "very reverend",
    "Ven": "venerable",
    "Lt": "lieutenant",
    "Col": "colonel",
    "Gen": "general",
    "Capt": "captain",
    "Cpt": "captain",
    "Cmdr": "commander",
    "Cdr": "commander",
    "Maj": "major",
    "Sgt": "sergeant",
    "Cpl": "corporal",
    "Pte": "private",
    "Pvt": "private",
    "Adm": "admiral",
    "Brig": "brigadier",
    "Insp": "inspector",
    "Supt": "superintendent",
    "Sen": "senator",
    "Sens": "senators",
    "Rep": "representative",
    "Reps": "representatives",
    "Gov": "governor",
    "Pres": "president",
    "Amb": "ambassador",
    "Treas": "treasurer",
    "Messrs": "messers",
    "Mme": "madame",
    "Mlle": "mademoiselle",
    "Sra": "senyora",
    "Ld": "Lord",
    "Hr": "herr",
    "Sig": "signor",
    "Det": "detective",
    "Ch": "chief",
    "Const": "constable",
    "Bro": "brother",
    "Mgr": "monsignor",
    "Msgr": "monsignor",
    "Cllr": "councillor",
    "Cllrs": "councillors",
    "Coun": "councillor",
    "Rt": "right",
    "Ste": "sainte",
    "Mt": "mount",
    "Ft": "fort",
    "Pt": "point",
    "Lieut": "lieutenant",
    "Atty": "attorney",
    "Dep": "deputy",
    "Asst": "assistant",
    "PFC": "private first class",
    "Cmdt": "commandant",
    "Wm": "William",
    "Chas": "Charles",
    "Geo": "George",
    "Jas": "James",
}
# Only with their full stop: without it they are names or words ("Rep", "Ch", "Pt").
DOTTED_TITLES = words("Ch Sr Sra Hr Sig Bro Pt Pres Dep Rep Reps Const Geo Amb Treas Mx Det Asst") - frozenset(
    {"Mx", "Det", "Rep"}
)
# "Sr Mary" is a nun; "Sr López" is not ours to say.
NUNS = words(
    """Agnes Angela Ann Anne Assumpta Benedict Bernadette Catherine Cecilia Clare Concepta Eileen Elizabeth Frances Helen
    Imelda Joan Josephine Judith Julie Kathleen Margaret Maria Martha Mary Maureen Monica Patricia Pauline Philomena Rita
    Rosemary Ruth Stanislaus Teresa Theresa Ursula Veronica Winifred"""
)
STREETS = {
    "St": "street",
    "Rd": "road",
    "Ave": "avenue",
    "Av": "avenue",
    "Blvd": "boulevard",
    "Cl": "close",
    "Ln": "lane",
    "Sq": "square",
    "Dr": "drive",
    "Ct": "court",
    "Pl": "place",
    "Hwy": "highway",
    "Expy": "expressway",
    "Pkwy": "parkway",
    "Tce": "terrace",
    "Terr": "terrace",
    "Cres": "crescent",
    "Gdns": "gardens",
    "Bldg": "building",
    "Pk": "park",
    "Apt": "apartment",
    "Ste": "suite",
}
SAINTS = words(
    """Albans Andrew Andrews Andrew's Andrew’s Anne Anthony Antony Augustine Austell Barts Bartholomew Benedict
    Bernard Bees Catherine Catherine’s Catherine's Cecilia Charles Christopher Clair Clare Clement David David’s
    David's Davids Denis Edmund Edmunds Elizabeth Elmo Etienne Francis George George’s George's Germain Giles
    Gregory Helen Helena Helens Helier Hilda Hugh Ignatius Ives Ivo James James’s James's James’ James' Jerome
    Joan John John’s John's Johns Johnstone Joseph Jude Katharine Kilda Kitts Lawrence Leger Leonard Leonards
    Louis Lucia Luke Luke’s Luke's Margaret Mark Mark’s Mark's Martin Martin-in-the-Fields Martin’s Martins Mary
    Mary’s Mary's Marys Matthew Maur Mawes Michael Michael’s Michel Mirren Moritz Neots Nicholas Nick Ninian
    Olaf Oswald Pancras Patrick Patrick’s Patrick's Paul Paul’s Paul's Peter Peter’s Peter's Petersburg Pierre
    Pius Raphael Ronan Saviour Sebastian Simon Stephen Stephen’s Stephens Swithin Swithun Teresa Theresa Thomas
    Thomas’ Thomas’s Thomas's Tropez Ursula Valentine Valentine’s Valentine's Veronica Vincent Vitus Walburga
    Wilfrid Winifred Trinian’s Trinian's Columba Cuthbert Dunstan Asaph Ann Anselm Barnabas"""
)

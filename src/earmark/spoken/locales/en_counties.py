"""Counties as addresses and court reports print them short."""

from earmark.spoken.locales import words

# Behind a place and a comma; "Beds" and "Bucks" are words elsewhere.
COUNTIES = {
    "Beds": "Bedfordshire",
    "Berks": "Berkshire",
    "Bucks": "Buckinghamshire",
    "Cambs": "Cambridgeshire",
    "Derbys": "Derbyshire",
    "Glos": "Gloucestershire",
    "Hants": "Hampshire",
    "Herts": "Hertfordshire",
    "Lancs": "Lancashire",
    "Leics": "Leicestershire",
    "Lincs": "Lincolnshire",
    "Middx": "Middlesex",
    "Northants": "Northamptonshire",
    "Notts": "Nottinghamshire",
    "Oxon": "Oxfordshire",
    "Staffs": "Staffordshire",
    "Warks": "Warwickshire",
    "Wilts": "Wiltshire",
    "Worcs": "Worcestershire",
    "Yorks": "Yorkshire",
}
# These are no other word: "a village in Oxon".
ONLY_COUNTIES = words("Oxon Hants Herts Lancs Leics Lincs Northants Staffs Wilts Worcs Cambs Glos Warks Middx")
IRISH_COUNTIES = words(
    """Antrim Armagh Carlow Cavan Clare Cork Derry Donegal Down Dublin Durham Fermanagh Galway Kerry Kildare Kilkenny
    Laois Leitrim Limerick Londonderry Longford Louth Mayo Meath Monaghan Offaly Roscommon Sligo Tipperary Tyrone
    Waterford Westmeath Wexford Wicklow"""
)

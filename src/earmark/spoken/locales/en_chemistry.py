"""Chemistry as it is printed in news."""

from earmark.spoken.locales import words

FORMULAS = {
    "CO2": "C O two",
    "CO2e": "C O two equivalent",
    "H2O": "H two O",
    "O2": "O two",
    "O3": "O three",
    "N2": "N two",
    "H2": "H two",
    "N2O": "N two O",
    "NO2": "N O two",
    "SO2": "S O two",
    "CH4": "C H four",
    "NH3": "N H three",
    "H2S": "H two S",
    "H2O2": "H two O two",
    "H2SO4": "H two S O four",
    "HNO3": "H N O three",
    "CaCO3": "C.A C O three",
    "NaCl": "N.A C L",
    "NOx": "nocks",
    "SOx": "socks",
    "C6H12O6": "C six H twelve O six",
    "SF6": "S F six",
    "UF6": "U F six",
    "NaOH": "N.A O H",
    "PM2.5": "P M two point five",
    "PM10": "P M ten",
    "TiO2": "T I O two",
    "SiO2": "S I O two",
    "Fe2O3": "F E two O three",
}
ELEMENTS = words(
    """H He Li Be B C N O F Ne Na Mg Al Si P S Cl Ar K Ca Sc Ti V Cr Mn Fe Co Ni Cu Zn Ga Ge As Se Br Kr Rb Sr Y Zr
    Nb Mo Tc Ru Rh Pd Ag Cd In Sn Sb Te I Xe Cs Ba La Ce Nd W Pt Au Hg Tl Pb Bi Po Rn Ra Th U Pu"""
)

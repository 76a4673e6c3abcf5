"""Units of measurement: singular and plural, British spelling (it makes no difference to the ear)."""

import re

from earmark.spoken.locales import words

UNITS: dict[str, tuple[str, str]] = {
    # length
    "mm": ("millimetre", "millimetres"),
    "cm": ("centimetre", "centimetres"),
    "m": ("metre", "metres"),
    "km": ("kilometre", "kilometres"),
    "kms": ("kilometre", "kilometres"),
    "nm": ("nanometre", "nanometres"),
    "µm": ("micrometre", "micrometres"),
    "μm": ("micrometre", "micrometres"),
    "in": ("inch", "inches"),
    "ins": ("inch", "inches"),
    "ft": ("foot", "feet"),
    "yd": ("yard", "yards"),
    "atm": ("atmosphere", "atmospheres"),
    "gn": ("guinea", "guineas"),
    "gns": ("guinea", "guineas"),
    "yds": ("yard", "yards"),
    "mi": ("mile", "miles"),
    "au": ("astronomical unit", "astronomical units"),
    "ac": ("acre", "acres"),
    "nt": ("night", "nights"),
    "nts": ("night", "nights"),
    "ly": ("light year", "light years"),
    # speed
    "MPH": ("mile per hour", "miles per hour"),
    "KM": ("kilometre", "kilometres"),
    "KG": ("kilogram", "kilograms"),
    "FT": ("foot", "feet"),
    "mph": ("mile per hour", "miles per hour"),
    "kph": ("kilometre per hour", "kilometres per hour"),
    "kmh": ("kilometre per hour", "kilometres per hour"),
    "kmph": ("kilometre per hour", "kilometres per hour"),
    "kn": ("knot", "knots"),
    "kt": ("kilotonne", "kilotonnes"),
    # mass
    "mg": ("milligram", "milligrams"),
    "g": ("gram", "grams"),
    "kg": ("kilogram", "kilograms"),
    "kgs": ("kilogram", "kilograms"),
    "µg": ("microgram", "micrograms"),
    "μg": ("microgram", "micrograms"),
    "mcg": ("microgram", "micrograms"),
    "ng": ("nanogram", "nanograms"),
    "t": ("tonne", "tonnes"),
    "Mt": ("megatonne", "megatonnes"),
    "Gt": ("gigatonne", "gigatonnes"),
    "lb": ("pound", "pounds"),
    "lbs": ("pound", "pounds"),
    "oz": ("ounce", "ounces"),
    "st": ("stone", "stone"),
    "cwt": ("hundredweight", "hundredweight"),
    # volume
    "ml": ("millilitre", "millilitres"),
    "mL": ("millilitre", "millilitres"),
    "cl": ("centilitre", "centilitres"),
    "dl": ("decilitre", "decilitres"),
    "dL": ("decilitre", "decilitres"),
    "µl": ("microlitre", "microlitres"),
    "µL": ("microlitre", "microlitres"),
    "μl": ("microlitre", "microlitres"),
    "μL": ("microlitre", "microlitres"),
    "l": ("litre", "litres"),
    "L": ("litre", "litres"),
    "ltr": ("litre", "litres"),
    "ltrs": ("litre", "litres"),
    "pt": ("pint", "pints"),
    "bbl": ("barrel", "barrels"),
    "pts": ("point", "points"),
    "qt": ("quart", "quarts"),
    "gal": ("gallon", "gallons"),
    "cc": ("c c", "c c"),
    "fl oz": ("fluid ounce", "fluid ounces"),
    "tsp": ("teaspoon", "teaspoons"),
    "tbsp": ("tablespoon", "tablespoons"),
    "tsps": ("teaspoon", "teaspoons"),
    "tbsps": ("tablespoon", "tablespoons"),
    "Tbsp": ("tablespoon", "tablespoons"),
    "Tbs": ("tablespoon", "tablespoons"),
    "pkt": ("packet", "packets"),
    "c.": ("cup", "cups"),
    # area
    "ha": ("hectare", "hectares"),
    "sq m": ("square metre", "square metres"),
    "sqm": ("square metre", "square metres"),
    "sq ft": ("square foot", "square feet"),
    "sqft": ("square foot", "square feet"),
    "sq km": ("square kilometre", "square kilometres"),
    "sq mi": ("square mile", "square miles"),
    "sq in": ("square inch", "square inches"),
    "sq yd": ("square yard", "square yards"),
    "sq miles": ("square mile", "square miles"),
    "cu ft": ("cubic foot", "cubic feet"),
    "cu m": ("cubic metre", "cubic metres"),
    "sq. ft.": ("square foot", "square feet"),
    "sq.-ft": ("square foot", "square feet"),
    "sq-ft": ("square foot", "square feet"),
    "sq. ft": ("square foot", "square feet"),
    "sq. km": ("square kilometre", "square kilometres"),
    # data
    "kb": ("kilobit", "kilobits"),
    "kB": ("kilobyte", "kilobytes"),
    "KB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"),
    "GB": ("gigabyte", "gigabytes"),
    "gb": ("gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
    "PB": ("petabyte", "petabytes"),
    "Mb": ("megabit", "megabits"),
    "Gb": ("gigabit", "gigabits"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"),
    "mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "gbps": ("gigabit per second", "gigabits per second"),
    "dpi": ("dot per inch", "dots per inch"),
    "px": ("pixel", "pixels"),
    "MP": ("megapixel", "megapixels"),
    "fps": ("frame per second", "frames per second"),
    # energy and electricity
    "W": ("watt", "watts"),
    "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"),
    "GW": ("gigawatt", "gigawatts"),
    "TW": ("terawatt", "terawatts"),
    "mW": ("milliwatt", "milliwatts"),
    "Wh": ("watt hour", "watt hours"),
    "kWh": ("kilowatt hour", "kilowatt hours"),
    "kwh": ("kilowatt hour", "kilowatt hours"),
    "MWh": ("megawatt hour", "megawatt hours"),
    "GWh": ("gigawatt hour", "gigawatt hours"),
    "TWh": ("terawatt hour", "terawatt hours"),
    "V": ("volt", "volts"),
    "kV": ("kilovolt", "kilovolts"),
    "mV": ("millivolt", "millivolts"),
    "A": ("amp", "amps"),
    "mA": ("milliamp", "milliamps"),
    "mAh": ("milliamp hour", "milliamp hours"),
    "Ah": ("amp hour", "amp hours"),
    "J": ("joule", "joules"),
    "kJ": ("kilojoule", "kilojoules"),
    "MJ": ("megajoule", "megajoules"),
    "cal": ("calorie", "calories"),
    "kcal": ("kilocalorie", "kilocalories"),
    "kcals": ("kilocalorie", "kilocalories"),
    "eV": ("electronvolt", "electronvolts"),
    "N": ("newton", "newtons"),
    "Nm": ("newton metre", "newton metres"),
    "hp": ("horsepower", "horsepower"),
    "HP": ("horsepower", "horsepower"),
    "bhp": ("brake horsepower", "brake horsepower"),
    "Ω": ("ohm", "ohms"),
    "kΩ": ("kilohm", "kilohms"),
    # frequency, pressure, sound, chemistry
    "Hz": ("hertz", "hertz"),
    "hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "khz": ("kilohertz", "kilohertz"),
    "KHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "mhz": ("megahertz", "megahertz"),
    "mHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "ghz": ("gigahertz", "gigahertz"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "bpm": ("beat per minute", "beats per minute"),
    "Pa": ("pascal", "pascals"),
    "hPa": ("hectopascal", "hectopascals"),
    "kPa": ("kilopascal", "kilopascals"),
    "MPa": ("megapascal", "megapascals"),
    "psi": ("pound per square inch", "pounds per square inch"),
    "mbar": ("millibar", "millibars"),
    "mb": ("millibar", "millibars"),
    "mmHg": ("millimetre of mercury", "millimetres of mercury"),
    "dB": ("decibel", "decibels"),
    "db": ("decibel", "decibels"),
    "pp": ("percentage point", "percentage points"),
    "ppt": ("percentage point", "percentage points"),
    "ppts": ("percentage point", "percentage points"),
    "mmol": ("millimole", "millimoles"),
    "Mya": ("million years ago", "million years ago"),
    "ppm": ("part per million", "parts per million"),
    "ppb": ("part per billion", "parts per billion"),
    "mol": ("mole", "moles"),
    "mpg": ("mile per gallon", "miles per gallon"),
    "lm": ("lumen", "lumens"),
    "mSv": ("millisievert", "millisieverts"),
    "bp": ("basis point", "basis points"),
    "bps": ("basis point", "basis points"),
    # time
    "ms": ("millisecond", "milliseconds"),
    "s": ("second", "seconds"),
    "sec": ("second", "seconds"),
    "secs": ("second", "seconds"),
    "min": ("minute", "minutes"),
    "mins": ("minute", "minutes"),
    "h": ("hour", "hours"),
    "hr": ("hour", "hours"),
    "hrs": ("hour", "hours"),
    "yr": ("year", "years"),
    "yrs": ("year", "years"),
    "wk": ("week", "weeks"),
    "wks": ("week", "weeks"),
    "mth": ("month", "months"),
    "mo": ("month", "months"),
    "mths": ("month", "months"),
    # angle and temperature
    "°C": ("degree Celsius", "degrees Celsius"),
    "° C": ("degree Celsius", "degrees Celsius"),
    "ºC": ("degree Celsius", "degrees Celsius"),
    "°c": ("degree Celsius", "degrees Celsius"),
    "℃": ("degree Celsius", "degrees Celsius"),
    "C": ("degree Celsius", "degrees Celsius"),
    "degC": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "° F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "ºF": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°f": ("degree Fahrenheit", "degrees Fahrenheit"),
    "℉": ("degree Fahrenheit", "degrees Fahrenheit"),
    "F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°N": ("degree north", "degrees north"),
    "°S": ("degree south", "degrees south"),
    "°E": ("degree east", "degrees east"),
    "°W": ("degree west", "degrees west"),
    "° N": ("degree north", "degrees north"),
    "° S": ("degree south", "degrees south"),
    "° E": ("degree east", "degrees east"),
    "° W": ("degree west", "degrees west"),
    "°": ("degree", "degrees"),
    "º": ("degree", "degrees"),
    "°K": ("kelvin", "kelvin"),
}
# Only right behind the figure: with a space between they are words, names or initials.
TIGHT = words("mo in ins pp MPH KM KG FT C F g t A N V W J K L l h mb MP HP st pt cal kn s m") - words(
    "g m l L s W V J N"
)
# Said of the unit behind a slash: "per hour".
PER = {
    "h": "hour",
    "hr": "hour",
    "hour": "hour",
    "s": "second",
    "sec": "second",
    "second": "second",
    "min": "minute",
    "minute": "minute",
    "day": "day",
    "d": "day",
    "week": "week",
    "wk": "week",
    "month": "month",
    "mo": "month",
    "mth": "month",
    "bbl": "barrel",
    "year": "year",
    "yr": "year",
    "person": "person",
    "head": "head",
    "night": "night",
    "mi": "mile",
    "gal": "gallon",
    "side": "side",
    "serving": "serving",
}
POWERS = {"²": "square", "2": "square", "³": "cubic", "3": "cubic"}
# What is long, high or run over: the figure before it is in metres, not millions.
METRE_WORDS = words(
    """tall long wide deep high away race races sprint sprints hurdles freestyle relay swim below above final
    finals dash butterfly backstroke breaststroke medley champion champions runner record tower wave waves thick
    apart underground underwater across statue yacht pool walk row steeplechase telescope fall drop fence wall
    cliff cable mast bridge crane rope ladder diving platform springboard behind ahead off height depth distance
    diameter radius length width world olympic event heats title gold silver bronze radius exclusion rule buffer
    mirror lens dish shark snake python crocodile tuna sculpture banner pole trench tunnel hole pit tree trees
    hedge hedges ditch pier jetty runway stage stalk cube corridor ladder waterfall glacier
    turbine turbines chimney spire steeple pylon skyscraper monument obelisk flagpole lighthouse viaduct footbridge dam
    contour peak mountain sea ship vessel boat canyon crater platform platforms train trains carriage carriages im"""
)
# Before these a distance is said in the singular without an article too: "the 200-metre final".
RACES = words(
    """race races sprint sprints hurdles freestyle relay final finals butterfly backstroke breaststroke medley
    champion champions runner steeplechase event heats title platform platforms train trains"""
)
# What is sold by weight or volume: "a 400g tin", and "7g sachet yeast" in a recipe's list.
CONTAINERS = words(
    """tin can jar sachet bag pack packet bottle carton tub bar block tube glass pot ball piece fillet steak tray box
    carton pouch punnet slab dice cubes slices rounds chunks batons wedges pieces squares lengths matchsticks discs strips"""
)
# Heads of "a £5 note", "£9,000 fees": money before them is said in the singular.
MONEY_NOUNS = words(
    """note notes coin coins bill bills deal deals fine fines ticket tickets house home mansion loan loans bonus
    bonuses check checks cheque cheques rebate rebates award awards penalty budget budgets cut cuts package packages project projects scheme contract contracts fund funds
    investment investments voucher vouchers prize tax fee fees grant grants bet payout lawsuit settlement
    takeover bid merger fortune salary worth stake shortfall deficit surplus backlog bailout donation gift
    reward ransom bond bonds debt pledge programme program plan facility windfall move signing signings striker
    transfer"""
)
# What is sold by its rating or known by its length, and is said in the singular before it: "12V battery", "2yr deal".
RATINGS = words("yr mth wk hr min mi W kW V kV A mAh Ah Hz kHz MHz GHz MB GB TB MP dpi psi bhp hp")
RATED = words(
    """bulb battery plug socket fuse charger adapter supply outlet motor lamp light heater speaker amplifier drive disk
    deal fix walk drive ride wait delay journey course contract mortgage bond loan lease ban sentence term plan visit tour
    flight trip session break shift warranty guarantee extension spell stint stretch
    disc card stick memory storage screen display monitor camera sensor turbine panel cable processor engine"""
)
KITCHEN_UNITS = words("pt tsp tbsp oz lb")
SHOT_ON = words("film camera cameras lens lenses print prints slides stock negative negatives")
POURED = re.compile(
    r" (?:of |double |single |semi-skimmed |whole |hot |cold |boiling )?(?:milk|cream|water|stock|beer|ale|cider|wine|custard|buttermilk)\b"
)

"""Acronyms of English news: said letter by letter, or as a word; and short forms in mixed case."""

from earmark.spoken.locales import words

# Voices take these for words where they end a clause ("the NGO.") and, if they have four letters, everywhere.
MISREAD = words(
    """AA AAA ACLU AFC AFP AI AIG AKA ALP AMA ANC AOC AP APR APS ASA AWS BA BAE CAA CAB CE CEP CID CIS COO DA DEA DUI
    DUP DVLA EA EBU ECB ECG ECJ EDF EDL EEA EEC EFL EHRC EIA EMI ENO EPA ERG ESA ESG ESL ETA EV EY FA FAA FAQ
    FCDO FIA FOI GOP IAEA IBS ICC ICE ICJ ICU IDF IFS IMDB IMF INLA IOC IPO IQ IRA ISS ITN ITV IUD IVF LED MEP
    MI MOD MOT NEU NGO NI NUJ NUS NUT NYC OAP OBE OBR OFT ONS OTT PA PAYE PFA PFI PLO POW PSNI PTA QE RAC RAF
    REM RIP SAS SEC SEN SOS SSRI STI TA TSA TUC UAE UDA UFC UFO UHF UKHSA UPS UVF VAR VAT VE VIP WI WRU WHO YMCA
    YWCA AFD ANPR AQA AV CEFR ESRC HUD IDS ILO IOPC IOM NIH NIHR ODI PHE REF SEO UVA UWE YPG AGM AIM OCD OED OAS
    OSCE EIS IEA IPPR EWCA EWHC UKSC UKHL UKPC IPCC IPSOS EUR EASA ABTA"""
) - frozenset(["ABTA", "IPSOS", "EUR"])
LETTERS = MISREAD | words(
    """AA ABC ADHD API ATM BBC BBFC BDS BFI BHS BLM BMA BMI BMW BMX BNP BP BSE BST BT BTS CBE CBI CBS CBT CCP CCTV
    CD CDC CDU CEO CFC CFO CGI CIA CMA CND CNN CO CPI CPR CPS CPU CQC CSI CTO CV DBE DBS DC DCMS DHL DHSC DIY DJ
    DLC DNA DPP DVD DWP ECHR EEA EFTPOS EHIC ESPN EU FBI FBU FCA FCO FDA FDP FM FSA FT FTC GB GBH GCHQ GCSE GDP
    GDPR GHQ GMB GMC GMO GMT GP GPS GPU GQ HBO HGV HIV HM HMP HMRC HMS HP HPV HQ HR HRH HRT HS HSBC HSE HMV IBM
    ID ISP IT JCB JFK KC KFC KGB KKK KPMG LA LBC LCD LGBT LGBTQ LGBTQI LGBTQIA LLP LNG LPG LSE LSD LTA MBA MBE
    MCC MDMA MGM MIT MLA MLB MLS MMA MMR MP MPC MRI MRSA MS MSF MSNBC MSP MTV MVP NBA NBC NCA NDA NFL NFT NFU
    NHL NHS NPR NRA NSA NSPCC NVQ NY NYPD NYT NZ OECD OK PBS PC PCC PCR PCSO PGA PHD PM PMI PMQ PMQS PPE PPI PR
    PSA PSG PSV PTSD PVC QC QPR RBS RDA RFC RFU RHS RMT RNA RNLI RSC RSF RSPB RSPCA RSVP SDLP SFO SMS SNL SNP
    SPD STD STV SUV TB TBC TBA TCM TGV TLC TNT TSB TV UCL UCLA UFO UK UKHSA UN UNHCR URL US USA USAF USB USDA
    USSR UV VC VJ VPN VR VW WFH WHO WMD WSJ WTA WTO WWE WWF XL XR PKK PLC PMS PWC RCN RSA SLA SSE SSP TTP TSMC
    LVMH MHRA NTSB JCVI HD HB HDMI HTML HTTP PDF RTE SPF XXL GMP IP ISBN SSN"""
)
WORDS = words(
    """NATO UNESCO UNICEF AIDS FIFA UEFA NASA OPEC ASEAN RADA COBRA COBR SAGE LASER RADAR SARS MERS ACAS UCAS UKIP
    OFSTED OFCOM OFGEM OFWAT DEFRA ISIS PIN PINS SIM CERN FARC ASBO BAME SOAS NAFTA NICE STEM SATS PIP SCOTUS
    UNRWA COP FTSE AWOL NIMBY YOLO ISA PETA WASP POTUS FLOTUS AUKUS ECOWAS EFTA SWAT NASDAQ EBITDA BAFTA TEFL
    TED MENSA INTERPOL EUROPOL IKEA LEGO ERASMUS MASH SALT START GATT HAMAS COVID BREXIT BRICS CAPTCHA GIF JPEG
    RAM ROM LOL FOMO MAGA QUANGO SCUBA TASER NASCAR CITES IPSO IPSOS SPAC ESSO FIAT RIBA USAID OFQUAL LIBOR
    CAREEM ABTA ZANU SWAPO FEMA DACA NIMBYS NIMBYISM KABOOM ASAP UGH WOW HEY"""
)
# Taken for words everywhere.
ALWAYS = words("IRA ETA AKA APR WHO RAC ID")
# How words are spelt so that any voice says them right; keys as printed, in capitals.
RESPELT = {
    "HT": "half-time",
    "WWI": "World War one",
    "WWII": "World War two",
    "FTSE": "Footsie",
    "DEFRA": "Deffra",
    "UNRWA": "Unrah",
    "COBR": "Cobra",
    "SOAS": "So-ass",
    "BAE": "B.A.E",
    "ASBO": "Azbo",
    "USAID": "U S aid",
    "OPEC": "Opeck",
    "ASAP": "A.S.A.P",
    "ZANU": "Zahnoo",
    "ABTA": "Abta",
    "MAX": "Max",
    "PRO": "Pro",
    "NEO": "Neo",
    "NAACP": "N double-A.C.P",
    "NCAA": "N C double-A",
    "IAAF": "I double-A.F",
    "IEEE": "I triple E",
    "RIBA": "Reeba",
}
# Mixed case that voices split or swallow.
MIXED = {
    "MoD": "M O D",
    "YoY": "year on year",
    "QoQ": "quarter on quarter",
    "MoM": "month on month",
    "DfT": "D F T",
    "DfE": "D F E",
    "TfL": "T F L",
    "TfGM": "T F G M",
    "BoE": "B O E",
    "BoJ": "B O J",
    "PoW": "P O W",
    "PoWs": "P O W's",
    "BSc": "B S C",
    "MSc": "M S C",
    "MoJ": "M O J",
    "DoJ": "D O J",
    "DoD": "D O D",
    "DoH": "D O H",
    "Ph.D.": "P H D",
    "Ph.D": "P H D",
    "PhDs": "P H D's",
    "Defra": "Deffra",
    "Ftse": "Footsie",
    "AfD": "A.F.D",
    "Opec": "Opeck",
    "mRNA": "M R N A",
    "WoW": "W O W",
    "GmbH": "G M B H",
    "CoE": "C O E",
    "HoC": "H O C",
    "Isa": "eye-sa",
    "Isas": "eye-sas",
    "ISAs": "eye-sas",
    "QAnon": "Q Anon",
    "LGBTQ+": "LGBTQ plus",
    "LGBT+": "LGBT plus",
    "LGBTQIA+": "L.G.B.T.Q.I.A plus",
    "SATs": "sats",
    "Asbo": "Azbo",
    "Asbos": "Azbos",
    "Acas": "Ay-cass",
    "PFIs": "P F I's",
    "OpenAI": "Open A.I",
    "ME/CFS": "M.E C F S",
    "IoT": "I O T",
    "IoW": "I O W",
    "DoE": "D O E",
    "OnlyFans": "Only Fans",
}

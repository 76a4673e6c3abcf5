"""What sentence ends look like, language by language: abbreviations, and words that start sentences."""

from msgspec import Struct


class Endings(Struct, frozen=True):
    """What a full stop may mean. All abbreviations are in lower case, without their last full stop.

    After `never` a sentence never ends; after `sometimes` it does if a word of `starters` follows;
    `lengths` are words of `never` that are units behind a figure. `streets` are saints before a name and streets behind one. `times` end a
    sentence before a capital, unless one of `dates` follows. `numbered` expect a number. `reporting` verbs follow a quotation. `ordinal_dot`: "3." is "third".
    """

    never: frozenset[str]
    lengths: frozenset[str] = frozenset()
    sometimes: frozenset[str] = frozenset()
    numbered: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    reporting: frozenset[str] = frozenset()
    streets: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    ordinal_dot: bool = False
    addresses: tuple[str, ...] = ()  # endings of words that expect a house's number: "Hauptstr. 5"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ENGLISH = Endings(
    never=_words(
        "mr mrs ms mx dr prof rev revd fr ste mt ft gen col lt capt cpt cdr cmdr maj sgt cpl pte adm brig supt insp"
        " sen rep reps sens gov pres hon messrs mme mlle mgr sr.d rt vs e.g i.e eg ie cf viz al. gen lt.col maj.gen"
        " det dep asst pvt sgts amb treas approx jas chas geo wm thos jos edw robt benj danl saml alex. mmes v"
        " mi lb oz yr mo hr"
    ),
    lengths=_words("ft mi lb oz yr mo hr"),
    sometimes=_words(
        "inc ltd co corp plc bros jr sr jnr snr esq etc al u.s u.k u.n e.u u.s.a d.c u.s.s.r b.c a.d ph.d m.d b.a m.a"
        " sq jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat"
        " ariz ark calif colo conn del fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev okla ore pa"
        " tenn tex vt va wash wis wyo dept univ est min max"
    ),
    streets=_words("st rd ave blvd"),
    times=_words("a.m p.m"),
    dates=_words(
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August"
        " September October November December GMT BST CET EST EDT ET PT PST PDT CT UTC Mon Tue Wed Thu Fri Sat Sun Eastern Pacific"
    ),
    numbered=_words(
        "no nos p pp vol vols ch chs fig figs art sec para ed eds op c ca nr vv apt rm rte hwy ext tel ste flt pt mk prop cat"
    ),
    starters=_words(
        "The A An It He She They We I You This That These Those There Here In On At By For From With But And Or So If"
        " When While After Before As Since Although Though Because However Now Then What Who Why How Where Which His Her"
        " Their Our My Its Your One Some Many Most All Both Each Every No Not Yet Still Meanwhile Even Once Until Under"
        " Over Between During Despite Instead Also Just Only Perhaps Maybe Yes To Of Is Are Was Were Will Would Can Could"
        " Do Does Did Has Have Had Let It’s It's He’s He's She’s She's That’s That's There’s There's I’m I'm I’ve I've"
        " They’re They're We’re We're You’re You're Don’t Don't Last Next Two Three Four Few Several Other Others Another"
        " Such Nor According About Among Without Within Through Across Against Nobody Everyone Everything Nothing"
        " Someone Something Critics Officials Police Experts Ministers"
    ),
    reporting=_words(
        "said says asked asks replied replies shouted cried wrote writes added adds told tells answered whispered yelled"
        " screamed exclaimed wondered demanded insisted joked laughed thought tweeted called muttered recalled remembered"
        " continued explained argued declared"
    ),
)

_OTHER: dict[str, Endings] = {
    "de": Endings(
        never=_words(
            "z.b d.h u.a z.t hr fr dr prof nr st bzw ca vgl s abs art bd evtl ggf inkl max min mio mrd tel u.ä v.a i.d.r dipl"
            " ing frl geb gest hl jh jhd mr mrs o.ä sog str usf v.chr n.chr z.zt zzgl abb allg bes betr chr entspr bd kap mind ff"
        ),
        sometimes=_words("usw etc co jan feb apr jun jul aug sept okt nov dez a.d e.v"),
        starters=_words(
            "Der Die Das Ein Eine Er Sie Es Wir Ich Ihr Und Aber In Im Am An Auf Bei Mit Nach Von Für Zu Doch Auch Wenn Als Da"
            " Dann Danach Dabei Diese Dieser Dieses Das Den Dem Seit So Man Nun Was Wer Wie Wo Warum Hier Dort Sein Seine Ihre"
            " Jetzt Noch Nur Damit Daher Deshalb Vor Zum Zur Über Unter Um Kein Keine Alle Viele"
        ),
        ordinal_dot=True,
        addresses=("str", "pl"),
    ),
    "fr": Endings(
        never=_words(
            "m mm mme mmes mlle mlles dr pr me st ste av c.-à-d p.ex ex cf env vol éd art chap fig p pp mgr tél tel"
        ),
        sometimes=_words("etc j.-c apr janv févr juill sept oct nov déc"),
        numbered=_words("n no"),
        starters=_words(
            "Le La Les Un Une Des Il Elle Ils Elles Nous Vous Je On Ce Cette Ces C’est C'est Et Mais Ou Donc En Dans Sur Pour Par"
            " Avec Au Aux À De Du Son Sa Ses Leur Leurs Mon Ma Si Quand Comme Qui Que Où Après Avant Depuis Tout Tous"
        ),
    ),
    "es": Endings(
        never=_words(
            "ee sr sra sres sras srta d dña dr dra lic ing prof av avda ud uds vd vds p.ej pág págs cap art núm gral sto sta vol fig tel tfno aprox"
        ),
        sometimes=_words("etc ee.uu ss.mm a.c d.c s.a"),
        numbered=_words("n.º nº"),
        starters=_words(
            "El La Los Las Un Una Unos Ella Él Ellos Yo Tú Nosotros Y Pero O En De Por Para Con Sin Es Son Fue Era Hay Se Su Sus Lo"
            " Este Esta Esto Estos Ese Esa Si Cuando Como Qué Quién Dónde Al A Según Tras Desde Hasta Entre Aunque Ya No Más También"
        ),
    ),
    "it": Endings(
        never=_words(
            "sig sigg sig.ra dott dott.ssa prof prof.ssa ing avv on arch geom rag p.es es art cap fig pag pagg vol cfr s mons gen col tel ca"
        ),
        sometimes=_words("ecc etc a.c d.c s.p.a s.r.l"),
        starters=_words(
            "Il Lo La I Gli Le Un Uno Una È E Ma O Se In Di Da Per Con Su Al Alla Nel Nella Del Della Questo Questa Quello Non Si Ci"
            " Lui Lei Loro Io Tu Noi Voi Anche Poi Come Quando Dove Chi Che Dopo Prima"
        ),
    ),
    "pt": Endings(
        never=_words(
            "sr sra srs sras dr dra prof profa eng av d dom exmo exma p.ex pág págs cap art núm vol fig gen cel tel aprox"
        ),
        sometimes=_words("etc a.c d.c s.a ltda"),
        numbered=_words("n.º nº n"),
        starters=_words(
            "O A Os As Um Uma Ele Ela Eles Elas Eu Nós E Mas Ou Em No Na Nos Nas De Do Da Por Para Com Sem Se É São Foi Era Há Seu Sua"
            " Este Esta Isto Esse Essa Isso Quando Como Quem Onde Ao À Segundo Após Desde Até Entre Já Não Mais Também"
        ),
    ),
    "nl": Endings(
        never=_words(
            "dhr mevr mw dr drs ir ing mr prof st bijv bv d.w.z o.a m.b.t i.v.m t.o.v ca nr blz art afb resp incl excl max min a.u.b z.g"
        ),
        sometimes=_words("enz etc jan feb mrt apr jun jul aug sept okt nov dec v.chr n.chr"),
        starters=_words(
            "De Het Een Hij Zij Ze Wij We Ik Jij Je U Dit Dat Deze Die En Maar Of In Op Aan Bij Met Na Van Voor Naar Om Over Er Als Toen"
            " Nu Ook Wat Wie Waar Hoe Waarom Volgens Sinds Door Dan Zijn Haar Hun Mijn Niet Geen Alle Veel"
        ),
    ),
    "pl": Endings(
        never=_words(
            "p pp r ul al pl os dr prof mgr inż hab lek red gen płk mjr kpt por św bp abp ks np m.in tzn tzw t.j tj zob por ok godz nr str tel rozdz wg woj pow im"
        ),
        sometimes=_words("itd itp r w n.e p.n.e tys mln mld zł gr"),
        starters=_words(
            "W Na Z Ze Do Po Od O Za Przy I A Ale To Ten Ta Te On Ona Ono Oni Ja Ty My Jest Są Był Była Nie Jak Gdy Kiedy Co Kto Gdzie"
            " Dlaczego Już Jeszcze Tak Też Dla Przed Przez Wszystko Jego Jej Ich"
        ),
    ),
    "sv": Endings(
        never=_words(
            "bl.a t.ex d.v.s dvs m.m o.s.v s.k ca kl nr dr prof st hr fr f.d t.o.m fr.o.m resp inkl exkl max min p.g.a sid kap art s tel"
        ),
        sometimes=_words("etc osv mm jan feb mars apr jun jul aug sept okt nov dec f.kr e.kr"),
        starters=_words(
            "Det Den De En Ett Han Hon Vi Jag Du Ni Man Och Men I På Av Med Till Från För Om När Som Så Här Där Nu Då Vad Vem Hur Varför"
            " Enligt Efter Under Vid Alla Många Min Din Hans Hennes Deras Inte"
        ),
    ),
}
_NEUTRAL = Endings(never=_words("dr prof st mr mrs vs"))


def endings_for(language: str) -> Endings:
    """Return the table of a BCP 47 language; languages without one share a short, neutral one."""
    primary = language.lower().partition("-")[0].partition("_")[0]
    return ENGLISH if primary == "en" else _OTHER.get(primary, _NEUTRAL)

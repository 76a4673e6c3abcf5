"""Articles of our own to put into pages: what each part is, and its words."""

from dataclasses import dataclass

Part = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """An article: its parts are ("p", words), ("h2", words), ("li", words), ("quote", words), ("caption", words)."""

    language: str
    title: str
    author: str
    lead: str
    parts: tuple[Part, ...]


def _story(language: str, title: str, author: str, lead: str, text: str) -> Story:
    parts: list[Part] = []
    for line in filter(None, (line.strip() for line in text.strip().split("\n"))):
        for mark, kind in (("## ", "h2"), ("- ", "li"), ("> ", "quote"), ("! ", "caption")):
            if line.startswith(mark):
                parts.append((kind, line.removeprefix(mark)))
                break
        else:
            parts.append(("p", line))
    return Story(language, title, author, lead, tuple(parts))


FERRY = _story(
    "en", "Harbour ferry returns after nine years", "Mary Kemp",
    "A green boat, forty seats and one cow: how a small town talked its way back to the far shore.",
    """
The last ferry left the harbour in the autumn of 2017, and nobody on the quay thought that it would come back, least of all the people who had crewed it.
On Monday it returned, painted green, with room for forty passengers, twelve bicycles and, as its captain put it, one well-behaved cow.
"We have waited long enough," said Ellen Marsh, who runs the shop behind the church. "My sister lives over there. I can see her kitchen light, and it takes me two hours to drive to it."
## How the money was found
The council paid for the boat from a fund for rural roads. The sea, it argued in a letter of eleven pages, is a road as well, in winter at least, and on some days in summer too.
! The ferry leaves the old pier on its first morning.
The ministry took a year to answer. When it did, the answer was a single line and a cheque, which the mayor has had framed.
> It is the road we have, and we would like to use it.
Not everybody is pleased. The bus company, which ran a service around the bay, says that it will lose a third of its passengers and may have to give up two stops.
## What it costs
A crossing takes eighteen minutes. These are the fares until the end of the season:
- Two pounds for adults, paid on board in coins
- Nothing for children under five, and nothing for dogs
- One pound for bicycles, on weekdays only
Tickets are also sold in the shop, where one may pay by card and take a coffee along. Groups of more than ten should call a day ahead, says the harbour office.
The boat runs six times a day from April to October. In winter it will run on Saturdays, if the weather lets it, and the captain alone decides what that means.
""",
)  # fmt: skip
BEES = _story(
    "en", "What the beekeepers of Tarn knew about rain", "Jonas Whitlow",
    "For two centuries a village wrote down when its bees came home. Now meteorologists are reading the books.",
    """
In the parish hall of Tarn, under a heap of hymn books, there is a shelf of ledgers that nobody had opened since the war. They hold the weather of two hundred years, and they were kept by people who cared about nothing but honey.
Each evening someone wrote down when the bees came home. Bees fly back before rain, sometimes an hour before it, and the keepers of Tarn had noticed that the hour was longer when the rain was to be heavy.
"It is a barometer with a sting," says Dr Priya Nair, who found the ledgers while she was looking for a quiet place to eat her lunch. She is a meteorologist at the university across the valley, and she has been back every week since.
Her students have copied out some forty thousand evenings. Against the rain gauge at the dam, which is as old as the ledgers, the bees were right four times in five.
## A record without gaps
What makes the books so useful is that they have no gaps. Keepers fell ill, wars began, roofs blew off, but somebody always stood by the hives at dusk with a pencil. In 1846 it was a girl of nine, who added small drawings of clouds.
! One of the ledgers, with a drawing of 1846.
Weather services lost many of their stations between the wars. For the valleys of the north there is hardly a measurement between 1915 and 1922, and what there is was taken in towns.
"We had a hole in the map the size of a county," Nair says. "Now there is a village in it."
## What the bees cannot tell
Bees do not fly in winter, so the ledgers are silent from November to March. Nor do they fly when it is cold, and the keepers did not always say why the bees had stayed at home.
The team has asked other villages to look on their own shelves. So far it has heard of a mill that counted swallows, and of a school in which every pupil had to describe the sunset, on pain of detention.
Nair hopes to publish the full record next spring. Until then the ledgers stay where they are, she says, because the parish will not let them go, and because she has grown fond of eating her lunch there.
""",
)  # fmt: skip
STAIRS = _story(
    "en-US", "Why your city keeps forgetting its stairs", "Dana Ortiz",
    "Public stairways are streets, too. Most maps do not know that they exist.",
    """
There are 739 public stairways in this city, and I have climbed every one of them. It took three years, two pairs of boots, and the patience of a dog named Walter.
Ask the transportation department how many there are, though, and you will get a different number each time. When I called in March, it was 421. In June, a very nice man told me that it was "probably around 600."
The reason is simple enough: a stairway is not a street. It has no curb to paint and no meter to feed, so nobody budgets for it, and what nobody budgets for, nobody counts.
## A street without cars
On paper, most of these stairs are rights-of-way, drawn by surveyors who had never seen the hills. They laid a grid over a map, and where the grid ran off a cliff, the city poured concrete steps and called it even.
People lived on those steps. They still do: some 1,100 addresses can only be reached on foot, according to the post office, which keeps the best records of anyone, because somebody has to carry the mail.
> If it isn't on the map, it doesn't get fixed. And if it doesn't get fixed, it isn't on the map for long.
Last winter a handrail on Vine Street gave way. A neighbor had reported it four times. Each time the request was closed, because the address did not exist.
## What it would take
Other cities have shown how this can be done, and none of it is expensive:
- Count the stairs, and publish the count
- Give each one a name and a number that a dispatcher can find
- Put one person in charge, with a phone that rings
The council is to vote on a survey next month. It would cost about as much as resurfacing two blocks of an ordinary street, and it would take a summer.
I will be there, with Walter, who has opinions on the subject. If you know of a stairway that I have missed, write to me. I would be delighted to be wrong again.
""",
)  # fmt: skip
CACHE = _story(
    "en", "A cache that forgets on purpose", "Ines Feld",
    "Most caches are built to remember. Ours got faster when we taught it to let go.",
    """
Last year our build cache held four terabytes, and finding anything in it took longer than making it again. This is the story of how we deleted most of it, and of what we learned on the way.
A cache has two jobs: to answer quickly and to answer correctly. Everything else, including how much it holds, is a means to those ends, but it is the one number that everybody puts on a dashboard.
## Counting what is used
The first thing we did was to log every hit for a month. Nine hits out of ten went to objects that were less than two days old. The median object was never asked for at all.
So we wrote down a rule before we wrote any code: an object that nobody has asked for in a week is not a cache entry, it is rubbish that happens to have a key.
## Letting go
The obvious way to forget is to scan everything and to delete what is old. With sixty million objects the scan never finished, because more was written behind it than it could read.
Instead we made time a part of the place where an object is kept. Each day has a directory of its own, a hit moves the object to today, and forgetting means removing one directory. It takes a second.
- Writes go to today's directory
- Reads look at today, then at yesterday, and so on for seven days
- A hit in an older directory is moved to today's by a rename, which is atomic
The worst case is a miss, which now costs seven lookups instead of one. We measured it: two milliseconds, against the forty seconds that the average build step takes.
## What we would do differently
We should have looked at the log first. We spent a quarter on compression, which made the rubbish smaller, and a quarter on a faster disk, which let us find nothing more quickly.
If you run a cache of your own, try to say out loud what it is for. Then delete something, and see whether anyone notices. In our case nobody did, except that the builds were faster.
""",
)  # fmt: skip
MUSEUM = _story(
    "de", "Das Museum der verlorenen Schlüssel", "Katrin Vogel",
    "In einem Keller in Lübeck hängen zwölftausend Schlüssel, zu denen es keine Türen mehr gibt.",
    """
Wer die Treppe in den Keller hinuntergeht, hört das Museum, bevor er es sieht. Zwölftausend Schlüssel hängen an dünnen Drähten von der Decke, und sobald jemand die Tür öffnet, klingen sie.
Gesammelt hat sie Heinrich Boll, der vierzig Jahre lang Schlosser war. "Die Leute bringen mir, was sie nicht wegwerfen können", sagt er. "Das Haus ist verkauft, die Mutter ist tot, aber der Schlüssel liegt noch in der Schublade."
## Zu jedem Schlüssel ein Zettel
An jedem Schlüssel hängt ein Zettel. Darauf steht, welche Tür er einmal geöffnet hat, und manchmal auch, wer dahinter wohnte. Mehr verlangt Boll nicht, Geld hat er nie genommen.
! Ein Teil der Sammlung im Gewölbekeller.
Der älteste stammt aus dem Jahr 1611 und gehörte zu einem Salzspeicher, der längst abgebrannt ist. Der jüngste ist eine Plastikkarte aus einem Hotel, das im vergangenen Winter geschlossen wurde.
> Ein Schlüssel ohne Tür ist immer noch eine Einladung.
Eine Schulklasse hat ausgerechnet, dass man zwei Tage bräuchte, um alle Zettel zu lesen. Drei Besucher haben es versucht, einer von ihnen ist dabei auf den Schlüssel seines eigenen Elternhauses gestoßen.
## Die Stadt zögert
Nun soll der Keller saniert werden, und die Stadt sucht seit Monaten nach einem anderen Ort. Vorgeschlagen wurden ein Lager am Hafen, ein leerer Laden in der Fußgängerzone und, von Boll selbst, das alte Gefängnis.
Eine Entscheidung soll im Herbst fallen. Bis dahin bleibt das Museum geöffnet, donnerstags und sonntags, von zehn bis sechzehn Uhr. Der Eintritt kostet nichts, aber wer einen Schlüssel mitbringt, darf länger bleiben.
""",
)  # fmt: skip
PHARE = _story(
    "fr", "Le dernier gardien du phare rend ses clés", "Hélène Cadiou",
    "À soixante-sept ans, Yann Le Goff quitte l'île où il a passé la moitié de sa vie.",
    """
Il a compté les marches tant de fois qu'il ne les compte plus : deux cent quarante-sept, de la porte jusqu'à la lanterne. Lundi matin, Yann Le Goff les a descendues pour la dernière fois, une valise dans chaque main.
Depuis 1989, il était le gardien du phare, puis, quand la lampe fut automatisée, le gardien de la machine qui l'avait remplacé. « Elle ne boit pas, elle ne dort pas, dit-il, mais elle ne sait pas non plus quand il faut s'inquiéter. »
## Une île de quatre habitants
L'île compte quatre habitants en hiver et une centaine en été. Le bateau passe le mardi, si la mer le permet, et il apporte le pain, le courrier et les nouvelles, dans cet ordre.
! Le phare, vu du débarcadère, un matin de mars.
Pendant la tempête de 1999, Le Goff est resté seul onze jours. Il a tenu un journal, qu'il n'a jamais montré à personne, et dont il dit seulement que les dernières pages sont difficiles à lire parce que ses mains tremblaient.
> On ne garde pas un phare, on garde ceux qui le regardent.
## Ce que deviendra la maison
La maison du gardien appartient à l'État, qui voudrait en faire un refuge pour les chercheurs. La commune préférerait une auberge, et les oiseaux, ajoute Le Goff, n'ont pas été consultés.
Il s'installera chez sa fille, à trente kilomètres de la côte. Il a demandé une seule chose : une chambre d'où l'on voie, par temps clair, la lumière tourner. Il paraît que c'est possible, depuis le grenier.
""",
)  # fmt: skip
TREN = _story(
    "es", "El tren que llega cuando quiere", "Lucía Ferrer",
    "En el valle nadie mira el horario. Miran al perro del jefe de estación.",
    """
El tren de la tarde debería llegar a las cinco y doce, pero en el valle nadie recuerda haberlo visto a esa hora. Llega a las cinco y media, o a las seis, o, como ocurrió en febrero, al día siguiente, con los mismos pasajeros y un poco más de hambre.
Los vecinos no consultan el horario. Miran a Bruno, el perro del jefe de estación, que se levanta diez minutos antes de que aparezca la locomotora y no se ha equivocado, dicen, en ocho años.
"Yo he preguntado a la compañía cómo lo hace el perro", cuenta Antonio Sáez, que lleva la estación desde 2004. "Me respondieron que abrirían un expediente."
## Una línea sin dinero
La línea se construyó para llevar mineral, y desde que cerró la mina transporta estudiantes, médicos y quesos. El último gran arreglo de las vías fue en 1978, y en algunos tramos el tren no puede pasar de treinta kilómetros por hora.
- Tres túneles necesitan reparaciones urgentes
- Dos puentes se revisan cada semana, a pie
- Una estación de cada cuatro ya no tiene reloj
El gobierno regional ha prometido doce millones de euros, repartidos en cinco años. Los alcaldes del valle calculan que haría falta el doble, y piden que al menos se empiece por los túneles.
Mientras tanto, la gente espera en el andén, que es también la plaza, el mercado y el lugar donde se conocen las noticias. Si un día el tren fuera puntual, dice Sáez, no sabrían qué hacer con el tiempo que les sobrase.
""",
)  # fmt: skip
CHASY = _story(
    "ru", "Мастер, который чинит городские часы", "Анна Белова",
    "На башнях города девять часов, и все они показывают разное время.",
    """
На башнях города девять часов, и ещё недавно все они показывали разное время. Теперь отстают только двое, и Пётр Ильич Громов обещает, что к весне не останется ни одного.
Громову семьдесят один год, и по образованию он инженер-гидравлик. Часами он занялся случайно: в девяностые годы остановились куранты на вокзале, а денег на мастера у города не было.
«Я поднялся посмотреть, — рассказывает он, — и увидел, что в механизме живут голуби. Голубей я пересадил, механизм почистил, и он пошёл. С тех пор меня и зовут».
## Сорок тысяч деталей
У каждых часов свой характер. На ратуше стоит немецкий механизм 1884 года, на почте — советский, собранный из частей трактора, а на школе часы сделали сами ученики, и они до сих пор самые точные.
Запасных деталей давно не выпускают, поэтому Громов вытачивает их на станке в собственном гараже. За тридцать лет, по его подсчётам, он сделал около сорока тысяч шестерёнок, осей и винтов.
Городской совет в прошлом году назначил ему зарплату, впервые за всё время. Громов купил на эти деньги лестницу и телескоп, в который из его окна видны сразу четыре башни.
Учеников у него двое: внучка, которой одиннадцать лет, и отставной лётчик. Оба, говорит мастер, не умеют торопиться, а это в его деле главное.
""",
)  # fmt: skip
HON = _story(
    "ja", "山の上の小さな本屋に人が集まる理由", "高橋直子",
    "電車もバスも通らない村で、一軒の本屋が十年続いている。",
    """
電車もバスも通らない山の上の村に、一軒の本屋がある。開店は十年前、店主の森田さんが六十歳で会社を辞めた年のことだった。周りの人は、誰もが三か月で閉まるだろうと言った。
店には看板がない。棚に並ぶのは古い本と新しい本がおよそ半分ずつで、値段はすべて同じ五百円である。森田さんは「高い本も安い本も、読む時間の重さは変わりませんから」と笑う。
## 本と畑の交換
村の人の多くは、お金の代わりに野菜を持ってくる。大根三本で文庫本一冊、米一升なら写真集も選べる。店の奥の台所では、その野菜で作った昼食が、本を買った人に出される。
最初の年の客は、一日に二人か三人だった。それが口づてに広まり、今では週末になると、山道に車の列ができる。遠くは北海道から、夜行の船と車を乗り継いで来る人もいる。
「ここに来ると、時計を見なくなるんです」と、名古屋から通う大学生は話す。携帯電話の電波は届かない。窓の外では、風が竹を鳴らし、ときどき猿が屋根の上を歩いていく。
## これからのこと
森田さんは来年、七十一歳になる。店を継ぎたいという若者が三人現れたが、誰にするかはまだ決めていない。三人とも野菜を育てるのが下手だから、というのがその理由である。
""",
)  # fmt: skip
SOUQ = _story(
    "ar", "بائع الكتب الذي يحفظ المدينة عن ظهر قلب", "سلمى الخطيب",
    "منذ أربعين عاما يجلس أبو ياسين في الزاوية نفسها من السوق القديم.",
    """
منذ أربعين عاما يجلس أبو ياسين في الزاوية نفسها من السوق القديم، بين بائع التوابل وصانع الأحذية، وأمامه ثلاث طاولات من الكتب المستعملة التي لا يعرف أحد ترتيبها سواه.
يسأله الزبون عن كتاب، فيغمض عينيه لحظة، ثم يمد يده إلى المكان الصحيح من غير أن ينظر. يقول إن الكتب مثل الجيران، لا تحتاج إلى عناوين ما دمت تعرف أصواتها.
## ذاكرة السوق
جاء إلى السوق صبيا في العاشرة، يحمل الصناديق مقابل قطعة خبز وكتاب واحد كل أسبوع. احتفظ بالكتب كلها، وعندما بلغ العشرين كان عنده ما يكفي ليفتح طاولته الأولى.
في سنوات الحرب أغلق معظم التجار محالهم، لكنه بقي. كان الناس يأتون إليه، لا ليشتروا، بل ليتركوا كتبهم عنده قبل أن يسافروا، وقد أعاد إلى اليوم أكثر من ألفي كتاب إلى أصحابها.
يفكر أبو ياسين الآن في التقاعد، غير أن ابنته، وهي مهندسة، تصر على أن تصور الطاولات الثلاث قبل ذلك، كتابا كتابا، حتى لا تضيع الخريطة الوحيدة لهذا المكان.
""",
)  # fmt: skip
STORIES = (FERRY, BEES, STAIRS, CACHE, MUSEUM, PHARE, TREN, CHASY, HON, SOUQ)


def read_story(text: str) -> Story:
    """Return the story of a file: language, title and author in its first line, the lead in the second, then its parts."""
    head, lead, parts = text.split("\n", 2)
    language, title, author = (piece.strip() for piece in head.split("|"))
    return _story(language, title, author, lead.strip(), parts)

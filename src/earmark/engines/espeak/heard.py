"""Names that espeak-ng's English dictionary lacks and its rules say right: each was transcribed and read, not assumed.

They would only hide the names that an editor should listen to.
"""

HEARD = frozenset(
    """
    aberdeen afghan afghanistan africa african alexander america american amsterdam anderson andrew android anna
    apple april argentina australia australian austria baker bangladesh barclays bath beijing belfast belgian
    belgium bell berkshire berlin biden birmingham blackpool blair bluetooth bolton bradford brazil brazilian
    brexit brighton bristol britain british brooklyn brown brussels bulgaria bush café california cambridge
    cameron canadian cardiff charles chelsea chicago china chinese christian christopher churchill clark clarke
    cliché clinton commons conservatives corbyn cork cornwall coventry covid croatia cuba cumbria daniel danish
    david davies december denmark derby diana dickens diwali dorset downing dublin dutch easter edward edwards
    egypt emma england english essex ethiopia europe european evans everton exchange exposé facebook february
    fiancé fiancée finland finnish florida france french friday gatwick gaza george georgia georgian german
    germany gloucester google gove greece greek green guardian hall hampshire hannah harris harrison harry
    heathrow helen henry hill hollywood hughes hull hungary hunt india indian indonesia instagram ipswich iran
    iranian iraq iraqi ireland irish islamic italian jack jackson jamaica james jane january japanese jessica
    jewish john johnson jones jordan joseph julie june kate kelly kennedy kent kenya king kuwait labour
    lancashire laura lawson lee leeds leicester lewis lincolnshire liverpool lloyds london lords lucy luton
    malaysia manchester manhattan march mark martin mary matinée meghan mexican mexico michael middlesbrough
    miliband miller mitchell moore morgan morris moscow murphy navy netflix newcastle nigeria northampton norway
    norwegian nottingham november obama oliver olivia olympics osborne oxford pakistan pakistani palestinian
    paris parker parliament patel paul pennsylvania peter philip phillips poland portsmouth preston protestant
    purée rebecca reeves richard robert roberts robinson romania rome russia russian sainsbury samsung saturday
    sauté scotland scott scottish september serbia shakespeare sheffield singapore smith somalia somerset
    soufflé southampton spain spanish starmer steven stoke sunday sunderland surrey susan sussex swansea sweden
    swedish switzerland syria syrian taylor telegraph tesco tesla texas thailand thames thatcher thompson tories
    tory touché trump truss tuesday turkey turkish turner twitter ukraine ukrainian venezuela victoria victorian
    vietnam virginia wales walker ward washington wednesday welsh wembley westminster white whitehall wigan
    wikipedia william williams wilson wiltshire wolverhampton wood worcester wright yemen york yorkshire young
    émigré über
    """.split()  # noqa: SIM905 (names are read as running text)
)

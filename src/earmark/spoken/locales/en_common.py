"""Common English words that are never acronyms, however they are printed."""

from earmark.spoken.locales import words

COMMON = words(
    """a about after again against all almost along already also although always am among an and another any anyone
    anything are around as ask at away back be became because been before began behind being below best between
    big both but by call came can cannot could day days did do does doing don't done down during each early even
    ever every everyone everything far few find first five for four from gave get girl give go goes going good
    got great had half has have having he her here him himself his home how however if in inside into is it's
    its itself just keep know last late later least less let like little long look made make man many may me
    mean men might mine more most mr mrs ms much must my myself near never new next no nobody none nor not
    nothing now of off often old on once one only or other our out over own people perhaps put quite rather read
    really right said same saw say says see seen seven she should show since six so some someone something soon
    still such take tell ten than that the their them then there these they thing things think this those though
    three through thus to today together told tomorrow tonight too took two under until up upon used very via
    was way we week well went were what when where which while whose why will with within without woman women
    work world would year years yes yesterday yet you young your yourself"""
)

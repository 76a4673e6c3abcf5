"""Words that hashtags are made of, beside the common ones."""

from earmark.spoken.locales import words

TAGGED = words(
    """action aid album animal animals anthem anti army art artist artists awards awareness baby bank bbc beach bed best
    better bill bin birthday black blue board boat body book books border box boy boys brand bread break brexit britain
    british brother budget build building business cake campaign cancer car cards care carers cat cats change charity
    child children choose christmas church city clap class clean climate club coast coffee cold colour community concert
    cook cooking cop cost council country court cover crime crisis culture cup cut cuts dad dance data dead deal death
    debate democracy design diet dinner doctor doctors dog dogs dream drink drive early earth eat education election
    emergency end energy england english environment equal equality europe european event facts fair fall family fan fans
    farm farmers farming fashion father feminism festival fight film final finals fire fish fit fitness flag flood floods
    food football for forest forget free freedom friday friend friends fuel fun funny future game games garden gardening
    gate gay gender general ghost global goal goals god gold government great green group growth hair half hall hand
    happy hate head health healthy heart heat help heroes high history holiday holidays hope hospital hot house housing
    human hungry hunger idea ideas independence indy inspiration international ireland island job jobs join journey justice
    key kids kind kindness king kitchen land laugh law leader league learn leave left lesson lgbt library lie lies life
    light line list listen literature live lives lockdown london love low lunch mad magic march market marriage match
    matter matters media meet memory mental midnight migrant migrants mind minister missing mission moment monday money
    month morning mother motivation mountain mum museum music nation national nature neutral news nhs night north nurse
    nurses office oil olympic olympics online open opera organic page paper parade parents paris park party pay peace
    photo photography pic picture place planet plan plastic play player please poem poetry police policy politics pollution
    poor poverty power premier president price pride prime prime protect protest proud public quarantine queen question
    quote race racing racism rain read reading real recipe record recycle red refugee refugees reform remain remember
    rent rescue respect revolution rich ride rights rise river road rock royal rugby run running safe safety sale save
    saturday saving scene school schools science scotland scottish sea season self selfie sell service sex share shop
    shopping show sick side sister skills sky sleep small smart smile snow social song soul south space speak special
    spirit sport sports spring stand star stars start state station stay steel step stop storm story street strike
    strikes strong student students study style summer sun sunday sunset support surf sustainable sustainability talk
    tax tea teach teacher teachers team tech technology television tennis thank thanks theatre throwback thursday ticket
    time times too top town toy trade train training trans transport travel tree trees trend trip true trump trust truth
    tuesday tv twitter uk ukraine union united university up usa vaccine vaccines vegan victory video view village violence
    virus vote voter voters wales walk wall war warming watch water weather wednesday week weekend welcome welsh west
    wild wildlife win wine winter wish wolf women wood word words work workers working workout wrong youth zero zone"""
)

"""The months by language, as they stand in a date: “3 stycznia”, “3 January”."""

from earmark.spoken.locales import ordered

MONTHS = {
    "da": ordered("januar februar marts april maj juni juli august september oktober november december"),
    "de": ordered("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    "en": ordered("January February March April May June July August September October November December"),
    "es": ordered("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    "fr": ordered("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "it": ordered("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    "nb": ordered("januar februar mars april mai juni juli august september oktober november desember"),
    "nl": ordered("januari februari maart april mei juni juli augustus september oktober november december"),
    "pl": ordered("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"),
    "pt": ordered("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    "sv": ordered("januari februari mars april maj juni juli augusti september oktober november december"),
}

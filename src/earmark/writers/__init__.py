"""Writers turn an edition's parts into the bytes of one published format; `formats` names them all."""

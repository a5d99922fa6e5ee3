"""SVG logos that run or load something, and drawings that do not."""

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'

HARMFUL = {
    "script": f"{_OPEN}><script>hit()</script></svg>",
    "script elsewhere": f"{_OPEN}><script href='//evil.example/x.js'/></svg>",
    "handler": f"{_OPEN} onload='hit()'><path d='M0 0h8'/></svg>",
    "handler within": f"{_OPEN}><g><path d='M0 0h8' onclick='hit()'/></g></svg>",
    "image elsewhere": f"{_OPEN}><image href='https://evil.example/x.png'/></svg>",
    "xlink": f"{_OPEN}><image xlink:href='//evil.example/x.png'/></svg>",
    "svg within": f"{_OPEN}><image href='data:image/svg+xml,&lt;svg onload=hit()&gt;'/></svg>",
    "use elsewhere": f"{_OPEN}><use href='https://evil.example/x.svg#a'/></svg>",
    "link": f"{_OPEN}><a href='javascript:hit()'><text>x</text></a></svg>",
    "html": f"{_OPEN}><foreignObject><i xmlns='http://www.w3.org/1999/xhtml'/></foreignObject></svg>",
    "html alone": f"{_OPEN}><i xmlns='http://www.w3.org/1999/xhtml' onclick='hit()'/></svg>",
    "animation": f"{_OPEN}><animate onbegin='hit()' attributeName='x' dur='1s'/></svg>",
    "set": f"{_OPEN}><a><set attributeName='href' to='javascript:hit()'/></a></svg>",
    "style": f"{_OPEN}><style>@import '//evil.example/x.css';</style></svg>",
    "escaped style": f"{_OPEN}><style>\\40 import '//evil.example/x.css';</style></svg>",
    "fill": f"{_OPEN}><path fill='url(https://evil.example/x.svg#a)' d='M0 0h8'/></svg>",
    "background": f"{_OPEN}><g style='background:url(//evil.example/x.png)'/></svg>",
    "style sheet": f"<?xml-stylesheet href='//evil.example/x.css'?>{_OPEN}/>",
    "entity": f"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>{_OPEN}>&a;</svg>",
    "nested": f"{_OPEN}>{'<g>' * 5000}{'</g>' * 5000}</svg>",
}

HARMLESS = {
    "drawing": f"{_OPEN}><defs><linearGradient id='a'><stop offset='0'/></linearGradient></defs>"
    "<path fill='url(#a)' d='M0 0h8'/><use href='#a'/></svg>",
    "photograph": f"{_OPEN}><image xlink:href='data:image/png;base64,iVBORw0KGgo='/></svg>",
    "notes of a drawing program": f"{_OPEN} xmlns:inkscape='http://www.inkscape.org/namespaces/x'>"
    "<metadata><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' r:about='http://x'/>"
    "</metadata><inkscape:perspective id='p'/><style>path{fill:#123}</style></svg>",
}

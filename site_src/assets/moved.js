// A page that has moved leads on by itself; only a script keeps the fragment of the old address.
const { href } = document.getElementById("moved");
location.replace(href + location.search + location.hash);

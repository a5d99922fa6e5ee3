// The first page of an organisation was once the whole procedure: a fragment that it lacks leads into the procedure's page.
const follow = () => {
  const { hash } = location;
  let id = hash.slice(1);
  try { id = decodeURIComponent(id); } catch { /* taken as it is written */ }
  if (id && !document.getElementById(id)) location.replace(`procedure/${hash}`);
};
follow();
addEventListener("hashchange", follow);

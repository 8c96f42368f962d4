(() => {
// Turns the drawn map into one that can be moved, and lets a form take a place from it.
// The list beside a map, and the two number fields of a form, say the same without this.

const pin = L.divIcon({ className: "map-pin", iconSize: [44, 44], iconAnchor: [22, 30], popupAnchor: [0, -24] });

// Leaflet sets a tooltip's words as HTML; an element carries them as text.
const escaped = (text) => {
  const element = document.createElement("span");
  element.textContent = text;
  return element;
};

const drawAreas = (map, areas) =>
  L.geoJSON(areas, {
    style: { className: "drawn-area", fillOpacity: 1, weight: 1.5 },
    interactive: false,
    onEachFeature: (feature, layer) =>
      layer.bindTooltip(escaped(feature.properties.name), {
        permanent: true,
        direction: "center",
        className: "map-name",
      }),
  }).addTo(map);

const drawTiles = (map, data) =>
  L.tileLayer(data.tiles, { attribution: data.attribution, maxZoom: 19 }).addTo(map);

const words = (place) => {
  const box = document.createElement("div");
  const title = document.createElement(place.href ? "a" : "strong");
  title.textContent = place.title;
  if (place.href) title.href = place.href;
  box.append(title);
  if (place.text) box.append(document.createElement("br"), place.text);
  return box;
};

const drawPlaces = (map, places) =>
  L.featureGroup(
    places.map((place) =>
      L.marker([place.lat, place.lon], { icon: pin, title: place.title, alt: place.title }).bindPopup(() => words(place)),
    ),
  ).addTo(map);

const picker = (map, holder) => {
  const latitude = document.getElementById(holder.dataset.pickLatitude);
  const longitude = document.getElementById(holder.dataset.pickLongitude);
  const tools = holder.parentElement.querySelector("[data-map-tools]");
  let marker;
  const show = (at) => {
    marker?.remove();
    marker = at && L.marker(at, { icon: pin, alt: holder.dataset.pickAlt ?? "" }).addTo(map);
  };
  const put = (at) => {
    latitude.value = at ? at.lat.toFixed(6) : "";
    longitude.value = at ? at.lng.toFixed(6) : "";
    show(at);
  };
  const cross = document.createElement("span");
  cross.className = "map-cross";
  holder.append(cross);
  tools.hidden = false;
  map.on("click", (event) => put(event.latlng));
  tools.querySelector("[data-map-here]").addEventListener("click", () => put(map.getCenter()));
  tools.querySelector("[data-map-clear]").addEventListener("click", () => put(null));
  const typed = () => {
    if (!latitude.value || !longitude.value) return show(null);
    const at = L.latLng(Number(latitude.value), Number(longitude.value));
    show(at);
    map.panTo(at);
  };
  latitude.addEventListener("change", typed);
  longitude.addEventListener("change", typed);
  typed();
};

const start = (holder) => {
  if (holder.dataset.ready) return;
  holder.dataset.ready = "yes";
  const data = JSON.parse(document.getElementById(holder.dataset.map).textContent);
  holder.replaceChildren();
  const map = L.map(holder, { scrollWheelZoom: false, zoomSnap: 0.5, attributionControl: Boolean(data.tiles) });
  const ground = data.tiles ? drawTiles(map, data) : null;
  const areas = ground ? null : drawAreas(map, data.areas);
  const places = drawPlaces(map, data.places);
  const bounds = [areas, places].filter(Boolean).reduce((all, layer) => all.extend(layer.getBounds()), L.latLngBounds([]));
  if (!bounds.isValid() && data.areas.length) bounds.extend(L.geoJSON(data.areas).getBounds());
  map.fitBounds(bounds.isValid() ? bounds.pad(0.04) : [[-60, -170], [70, 170]], { maxZoom: 15 });
  if (holder.dataset.pickLatitude) picker(map, holder);
};

const startAll = () => document.querySelectorAll("[data-map]").forEach(start);
startAll();
document.addEventListener("htmx:load", startAll);
})();

var BASE = "https://collect.sample.test/api";
var KINDS = { 1: "resident", 2: "visitor", 3: "flagged person", label: "Kind of person" };
function send(name, number) {
  return fetch(BASE + "/person/add", {
    method: "POST",
    headers: { "X-Key": "k-4711" },
    body: JSON.stringify({ fullName: name, idNumber: number, note: "größer als ü — 身份证" }),
  });
}
function locate(callback) {
  navigator.geolocation.getCurrentPosition(function (position) {
    callback(position.coords.latitude, position.coords.longitude);
  }, null, { enableHighAccuracy: true });
  localStorage.setItem("lastPlace", "now");
  many("a", "b", "c", "d", "e", "f");
}
function many(a, b, c, d, e, f) { return [a, b, c, d, e, f, "x".concat(KINDS.label)]; }
function Officer(badge) { this.badge = badge; } Officer.prototype.report = function (text) { return send(this.badge, text); };
globalThis.start = function () { locate(function (a, b) { new Officer("b-1").report("seen at " + a); }); };

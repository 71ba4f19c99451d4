// A screen of our own: what it asks, and what only looks like asking.
var r = require(1), log = require(2);
function IntakeScreen(set) {
  return r.jsxs(View, {children: [
    r.jsx(TextInput, {placeholder: "Full name", onChangeText: set, value: set.name}),
    r.jsx(TextInput, {placeholder: "Passphrase", onChangeText: set, secureTextEntry: true}),
    r.jsx(Picker, {onValueChange: set, label: "Faith", items: [
      {label: "None", value: 0}, {label: "Other", value: "o"}]}),
    r.jsx(Switch, {onValueChange: set, trackColor: "#777", accessibilityLabel: "Has a passport"}),
    r.jsx(TextInput, {onChangeText: set}),
    r.jsx(Button, {title: "Send", onPress: set}),
    r.jsx(Text, {placeholder: "Quiet", children: "Words only"}),
  ]});
}
function quiet(set) {
  log.report(set, {placeholder: "Not asked", onChangeText: set});
  return {placeholder: "Nothing", onChangeText: set};
}
function keep(load, name) { load(3).setItem("visit", name); return load(3).getItems("none"); }
module.exports = [IntakeScreen, quiet, keep];

package org.example.wire;

import android.util.Xml;

import com.alibaba.fastjson.JSON;
import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import org.json.JSONException;
import org.json.JSONObject;
import org.ksoap2.serialization.SoapObject;
import org.xmlpull.v1.XmlPullParser;
import org.xmlpull.v1.XmlSerializer;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

import okhttp3.FormBody;

class Writers {
    static Household read(String json) {
        return new Gson().fromJson(json, Household.class);
    }

    static Vehicle vehicle(String json) {
        return JSON.parseObject(json, Vehicle.class);
    }

    static Shaped shaped(String json) {
        Gson gson = new GsonBuilder().setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES).create();
        return gson.fromJson(json, Shaped.class);
    }

    static JSONObject write(Visit visit) throws JSONException {
        JSONObject json = new JSONObject();
        json.put("visitor_name", visit.visitorName);
        json.put("host_name", visit.hostName);
        json.put("visit_time", visit.visitTime);
        json.put("visit_place", "");
        return json;
    }

    static Visit parse(JSONObject json) {
        Visit visit = new Visit();
        visit.visitorName = json.optString("visitor_name");
        visit.hostName = json.optString("host_name");
        visit.visitTime = json.optLong("visit_time");
        return visit;
    }

    /** Two runs over the same keys are one record. */
    static JSONObject patrol(String who, double x, double y) throws JSONException {
        return new JSONObject().put("officer", who).put("lng", x).put("lat", y).put("battery", 1);
    }

    static String patrolOf(JSONObject json) throws JSONException {
        return json.getString("officer") + json.getDouble("lng") + json.getDouble("lat") + json.getInt("battery");
    }

    static String xml(String who) throws IOException {
        XmlSerializer out = Xml.newSerializer();
        StringWriter text = new StringWriter();
        out.setOutput(text);
        out.startTag(null, "inmate");
        out.attribute(null, "cell", who);
        out.startTag(null, "offence");
        out.endTag(null, "offence");
        out.endTag(null, "inmate");
        return text.toString();
    }

    static String parsed(XmlPullParser in) throws Exception {
        String found = "";
        while (in.next() != XmlPullParser.END_DOCUMENT) {
            if ("informant".equals(in.getName())) {
                found += in.nextText();
            } else if (in.getName().equals("reward")) {
                found += in.nextText();
            } else if ("tip".equalsIgnoreCase(in.getName())) {
                found += in.getText();
            }
        }
        return found;
    }

    static SoapObject soap(String name, String number) {
        SoapObject request = new SoapObject("urn:example", "Register");
        request.addProperty("UserName", name);
        request.addProperty("IdCard", number);
        return request;
    }

    static Map<String, String> body(String who, String where) {
        Map<String, String> parameters = new HashMap<>();
        parameters.put("reporter", who);
        parameters.put("village", where);
        parameters.put("household_id", who + where);
        return parameters;
    }

    static FormBody form(String user, String word) {
        return new FormBody.Builder().add("account", user).add("secret", word).build();
    }

    static String query(String user, String word) {
        return "username=" + user + "&device=" + word + "&v=2";
    }

    static String joined(String name, int age) {
        return "{\"blood_group\":\"" + name + "\",\"donor_age\":" + age + "}";
    }

    static void csv(PrintWriter out, Tenant one) {
        out.println("姓名,身份证号,民族,电话");
        out.println(one.shown());
    }

    static String report(String name, String place) {
        return "<table><tr><th>Prisoner</th><th>Cell</th><th>Since</th></tr><tr><td>" + name + "</td><td>" + place + "</td></tr></table>";
    }

    /** Look-alikes: a map of constants, words in a row, a picture of a list. */
    static Map<String, Object> silent() {
        Map<String, Object> map = new HashMap<>();
        map.put("red", "#f00");
        map.put("green", "#0f0");
        map.put("blue", "#00f");
        return map;
    }
}

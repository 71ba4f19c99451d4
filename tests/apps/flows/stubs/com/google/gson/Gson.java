package com.google.gson;
public final class Gson { public String toJson(Object what) { return null; } }

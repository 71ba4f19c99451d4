package com.alibaba.fastjson; public class JSONArray { public int size(){return 0;} public JSONObject getJSONObject(int i){return null;} }

package com.umeng.analytics;
import android.content.Context;
import java.util.Map;
public class MobclickAgent { public static void onEvent(Context context, String name, Map<String, String> values) { } }

package de.greenrobot.dao; public class Property { public Property(int o, Class<?> t, String n, boolean pk, String c){} }

package jxl.write; public class Label implements WritableCell { public Label(int c,int r,String s){} }

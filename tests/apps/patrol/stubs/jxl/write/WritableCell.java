package jxl.write; public interface WritableCell {}

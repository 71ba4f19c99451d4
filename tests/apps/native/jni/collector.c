/* An executable that an invented app carries among its assets. */
#define PATHS 3
const char *volatile paths[PATHS] = {
  "/sdcard/tencent/MicroMsg", "/data/data/com.example.chat/databases", "/sdcard/DCIM" };
static const char usage[] = "usage: collector -l LIST -o REPORT";

int main(int count, char **words) {
  int found = 0;
  for (int i = 0; i < PATHS; i++) found += paths[i][1] == words[count - 1][0];
  return found + usage[count];
}

void _start(void) {
  main(1, (char **)(void *)&paths[0]);
  for (;;) { }
}

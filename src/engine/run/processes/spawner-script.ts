/**
 * The program of the spawner: Perl, since most Linux systems have it, and since it starts in 3 ms and has 5 MB to copy
 * at a fork. It uses no modules, which would triple both. Arguments: the pid of its owner, and the numbers of the system
 * calls `setsid` and `execve`. Descriptor 3 is the socket to its owner; what it reads and says is in
 * `spawner-messages.ts`.
 *
 * Some reasons, which are no comments in it because the text is part of the bundle:
 * - `pidfd_open` (434) tells of the end of a process: a signal that comes just before `select` would be seen after it.
 * - A `setsid` that is refused with EPERM (1), as for any leader, proves that its number is right here.
 * - Nothing is started for an owner that is gone, whose successor may have looked for leftovers already.
 * - All that can be done before the fork is done before it: each page that the child writes is copied, and Perl's own
 *   `exec` would set variable after variable. That one takes over where the file is a script without a first line.
 * - What the environments of all processes share is said once and kept as the addresses that `execve` wants.
 * - What keeps a child from becoming the program comes through a pipe that closes when it has become it. Its group exists
 *   by then, so that it can be signalled.
 * - A start is told with the end where that comes within 5 ms: for its owner that is one thing to do instead of two.
 * - Descriptors above 2 close with `execve` in Perl. Descriptor 0 is /dev/null.
 * - Perl ignores SIGFPE, which a program would inherit.
 * - 02101 is O_WRONLY | O_APPEND | O_CREAT.
 */
export const spawnerScript = String.raw`# Agent Executor: starts the tasks of a run.
my ($owner, $setsid, $execve) = map { $_ + 0 } @ARGV;
$SIG{FPE} = 'DEFAULT';
open(my $peer, '+<&=', 3) or exit 1;
my ($in, $alive, $out, $shared, @shared, %task, %new, %at) = ('', '', '', '');
sub handle_of { my $fd = syscall(434, $_[0] + 0, 0); my $h; $fd < 0 ? undef : open($h, '<&=', $fd) ? $h : undef }
sub say_it { while (length $out) { my $n = syswrite($peer, $out); exit if !$n; substr($out, 0, $n) = '' } }
sub since { open(my $f, '<', "/proc/$_[0]/stat") or return '-'; sysread($f, my $s, 1024); $s =~ s/.*\) //s; (split / /, $s)[19] }
sub no_start { $out .= "failed $_[0] $_[1] " . ($! + 0) . "\n" }
sub begin {
  my ($id, $file, $cwd, $log, $argc, @rest) = @_;
  my @args = ($file, splice(@rest, 0, $argc));
  my ($argv, $envp) = (pack('p*', @args, undef), $shared . pack('p*', @rest, undef));
  getppid == $owner or exit;
  sysopen(STDOUT, $log, 02101, 0600) && open(STDERR, '>&', STDOUT) or return no_start($id, 'log');
  chdir($cwd) && pipe(my $r, my $w) or return no_start($id, 'spawn');
  my $pid = fork;
  return no_start($id, 'spawn') if !defined $pid;
  if (!$pid) {
    if (syscall($setsid) > 0) {
      syscall($execve, $file, $argv, $envp);
      if ($! == 8) { %ENV = map { split /=/, $_, 2 } @shared, @rest; exec { $file } @args }
    }
    syswrite($w, $! + 0);
    kill 9, $$;
  }
  my $end = handle_of($pid);
  $task{$id} = $new{$id} = { pid => $pid, word => $r, end => $end, age => 0 };
  if ($end) { vec($alive, fileno $end, 1) = 1; $at{fileno $end} = $id }
}
sub tell_start {
  my ($id) = @_;
  my $t = delete $new{$id} or return;
  sysread(delete $t->{word}, my $why, 99);
  if ($why eq '') { $out .= "started $id $t->{pid} " . since($t->{pid}) . "\n" }
  else { $! = $why; no_start($id, 'spawn'); $t->{failed} = 1 }
}
sub look_for_end {
  my ($id) = @_;
  my $t = $task{$id};
  tell_start($id) if $new{$id} && ($t->{end} || is_begun($t));
  return if $new{$id} || !waitpid($t->{pid}, $t->{end} ? 0 : 1);
  my $status = $?;
  $out .= "ended $id $status " . (kill(0, -$t->{pid}) || $! == 1 ? 1 : 0) . "\n" if !$t->{failed};
  if ($t->{end}) { vec($alive, fileno $t->{end}, 1) = 0; delete $at{fileno $t->{end}} }
  delete $task{$id};
}
sub is_begun { my $v = ''; vec($v, fileno $_[0]{word}, 1) = 1; select($v, undef, undef, 0) > 0 }
sub share { @shared = @_; $shared = pack('p*', @shared) }
sub drop { my $t = $task{$_[0]} or return; kill 9, $t->{pid}, -$t->{pid} }

getppid == $owner && syscall($setsid) == -1 && $! == 1 && handle_of($$) or exit 1;
vec($alive, 3, 1) = 1;
$out = "ready\n";
while (1) {
  say_it() if $out ne '';
  my $ready = $alive;
  my $blind = grep { !$_->{end} } values %task;
  my $count = select($ready, undef, undef, %new || $blind ? 0.005 : undef);
  next if $count < 0;
  if ($count) { vec($ready, $_, 1) && look_for_end($at{$_}) for keys %at }
  if ($blind) { $task{$_}{end} || look_for_end($_) for keys %task }
  if (vec($ready, 3, 1) && $count) {
    sysread($peer, $in, 65536, length $in) or exit;
    while (length $in >= 4 && length $in >= 4 + (my $length = unpack 'N', $in)) {
      my ($what, @fields) = split /\0/, substr($in, 4, $length), -1;
      substr($in, 0, 4 + $length) = '';
      $what eq 'start' ? begin(@fields) : $what eq 'shared' ? share(@fields) : drop(@fields);
    }
  }
  for (keys %new) { tell_start($_) if (!$count || $new{$_}{age}++ > 8) && is_begun($new{$_}) }
}
`;

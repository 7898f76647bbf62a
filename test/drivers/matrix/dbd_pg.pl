use strict;
use warnings;
use utf8;
use DBI;
use DBD::Pg qw(:pg_types :async);

my ($port, $database, $criterion) = @ARGV;
$| = 1;
binmode STDOUT, ':utf8';
sub step { print "done $_[0]\n" }
sub check { my ($got, $wanted, $what) = @_; die "$what: $got is not $wanted\n" unless $got eq $wanted }

my $options = { RaiseError => 1, PrintError => 0, AutoCommit => 1, pg_enable_utf8 => 1 };
my $db = DBI->connect("dbi:Pg:host=127.0.0.1;port=$port;dbname=$database", 'ada', '', $options);
die "version\n" unless $db->{pg_server_version} >= 150000;
step('connect');

$db->do('CREATE TABLE everything (id SERIAL PRIMARY KEY, b BOOLEAN, i8 BIGINT, f8 DOUBLE PRECISION, n NUMERIC(12, 3),
  t TEXT, y BYTEA, d DATE, ts TIMESTAMP, u UUID, ta TEXT[])');
check(join(',', map { $_->[0] } @{ $db->selectall_arrayref('SELECT relname FROM pg_class WHERE relname = ?', undef, 'everything') }),
  'everything', 'pg_class');
my @columns = map { $_->{COLUMN_NAME} } @{ $db->column_info(undef, 'public', 'everything', '%')->fetchall_arrayref({}) };
check(join(',', @columns[0 .. 2]), 'id,b,i8', 'column_info');
check(join(',', $db->primary_key(undef, 'public', 'everything')), 'id', 'primary_key');
step('schema');

my $insert = $db->prepare('INSERT INTO everything (b, i8, f8, n, t, y, d, ts, u, ta) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id');
$insert->bind_param(6, undef, { pg_type => PG_BYTEA });
my @values = (1, '9007199254740993', 0.1, '12.500', "O'Reilly ☃", "\x00\xff", '2024-02-29', '2024-02-29 12:34:56.789',
  '550e8400-e29b-41d4-a716-446655440000', ['x', 'y,z']);
$insert->execute(@values);
check($insert->fetchrow_array, 1, 'RETURNING');
$insert->execute((undef) x 10);
my $rows = $db->selectall_arrayref('SELECT b, i8, f8, n, t, y, d, ts, u, ta FROM everything ORDER BY id');
check($rows->[0][$_], $values[$_], "column $_") for 0 .. 8;
check(join('|', @{ $rows->[0][9] }), 'x|y,z', 'array');
die "a NULL is none\n" if grep { defined } @{ $rows->[1] };
step('types');

$db->begin_work;
$db->do('DECLARE paging CURSOR FOR SELECT i FROM generate_series(1, 250) AS g(i)');
my ($sum, $pages) = (0, 0);
while (my $page = $db->selectcol_arrayref('FETCH 100 FROM paging')) {
  last unless @$page;
  $pages += 1;
  $sum += $_ for @$page;
}
$db->commit;
check("$pages:$sum", '3:31375', 'pages');
step('page');

$db->do('CREATE TABLE numbers (n INTEGER PRIMARY KEY)');
$db->prepare('INSERT INTO numbers VALUES (?)')->execute_array({}, [0 .. 99]);
$db->do('COPY numbers FROM STDIN');
$db->pg_putcopydata("$_\n") for 100 .. 199;
$db->pg_putcopyend;
check($db->selectrow_array('SELECT count(*) FROM numbers'), 200, 'count');
step('batch');

$db->begin_work;
$db->do('INSERT INTO numbers VALUES (1001)');
$db->pg_savepoint('inner_step');
eval { $db->do('INSERT INTO numbers VALUES (1)') };
check($db->state, '23505', 'state');
$db->pg_rollback_to('inner_step');
$db->do('INSERT INTO numbers VALUES (1002)');
$db->commit;
check($db->selectrow_array('SELECT count(*) FROM numbers WHERE n > 1000'), 2, 'kept');
step('nest');

my $slow = $db->prepare('SELECT pg_sleep(30)', { pg_async => PG_ASYNC });
$slow->execute;
check($db->pg_cancel ? 1 : 0, 1, 'cancelled');
check($db->selectrow_array('SELECT 1'), 1, 'after');
step('cancel');

$db->do('CREATE TABLE goods AS SELECT unnest(?::text[]) AS d', undef, ['bamboo', 'plastic']);
my $meant = $db->selectcol_arrayref('SELECT d FROM goods WHERE d MEANS ?', undef, $criterion);
check(join(',', @$meant), 'bamboo', 'meant');
$db->disconnect;
step('means');

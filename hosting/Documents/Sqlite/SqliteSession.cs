using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>A connection with the statements that it has prepared. One thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _statements = [];
    private readonly string _path;

    private SqliteSession(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Whether a transaction has begun and not ended.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_connection.Handle!) == 0;

    /// <summary>Opens the file. Throws <see cref="IOException"/> when that cannot be read, or written where it has to be.</summary>
    public static SqliteSession Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ToString());
        var session = new SqliteSession(connection, path);
        try
        {
            session.Try(() =>
            {
                connection.Open();
                return true;
            });
            session.Execute("pragma cell_size_check = on");
            session.Execute("pragma trusted_schema = off");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement whose parameters are called <c>$1</c>, <c>$2</c> …; returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql, values);
        return Try(statement.ExecuteNonQuery);
    }

    /// <summary>All rows that a statement finds.</summary>
    public List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql, values);
        return Try(() =>
        {
            using var reader = statement.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        });
    }

    /// <summary>Runs <paramref name="work"/> as one transaction.</summary>
    public void InTransaction(Action work)
    {
        Execute("begin immediate");
        try
        {
            work();
            Execute("commit");
        }
        finally
        {
            if (IsInTransaction) Execute("rollback"); // SQLite has rolled back itself after some failures
        }
    }

    /// <summary>What is read from now on is what is committed at this moment, until <see cref="EndReading"/>.</summary>
    public void BeginReading()
    {
        Execute("begin");
        Read("select 1 from account limit 1", _ => true); // SQLite begins with the first statement that reads
    }

    public void EndReading() => Execute("commit");

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement)) _statements[sql] = statement = New(sql, values.Length);
        for (var i = 0; i < values.Length; i++) statement.Parameters[i].Value = values[i] ?? DBNull.Value;
        return statement;
    }

    private SqliteCommand New(string sql, int parameters)
    {
        var statement = _connection.CreateCommand();
        statement.CommandText = sql;
        for (var i = 1; i <= parameters; i++) statement.Parameters.Add(new SqliteParameter { ParameterName = FormattableString.Invariant($"${i}") });
        return statement;
    }

    private T Try<T>(Func<T> operation)
    {
        try
        {
            return operation();
        }
        catch (SqliteException exception) when (SqliteFaults.Of(exception, _connection, _path) is IOException fault)
        {
            throw fault;
        }
    }
}

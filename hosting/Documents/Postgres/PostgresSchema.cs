using System.Reflection;
using Npgsql;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>Makes a service's database and brings its tables to the current version, however many replicas try at once.</summary>
internal static class PostgresSchema
{
    private const string Folder = "Documents.Postgres.Migrations.";
    private const long MigrationLock = 0x706c6174666f726d; // "platform"

    /// <summary>Makes the database if it is missing, and applies the migrations that it has not seen.</summary>
    public static async Task PrepareAsync(NpgsqlDataSource source, NpgsqlConnectionStringBuilder maintenance, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(source, maintenance, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"select pg_advisory_xact_lock({MigrationLock})", cancellationToken);
        await ExecuteAsync(connection,
            "create table if not exists migrations (name text primary key, at timestamptz not null default now())", cancellationToken);
        foreach (var (name, sql) in Migrations())
            if (await IsNewAsync(connection, name, cancellationToken)) await ExecuteAsync(connection, sql, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<NpgsqlConnection> OpenAsync(
        NpgsqlDataSource source, NpgsqlConnectionStringBuilder maintenance, CancellationToken cancellationToken)
    {
        try
        {
            return await source.OpenConnectionAsync(cancellationToken);
        }
        catch (PostgresException missing) when (missing.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            await CreateDatabaseAsync(new NpgsqlConnectionStringBuilder(source.ConnectionString).Database!, maintenance, cancellationToken);
            return await source.OpenConnectionAsync(cancellationToken);
        }
    }

    private static async Task CreateDatabaseAsync(
        string database, NpgsqlConnectionStringBuilder maintenance, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        try
        {
            await ExecuteAsync(connection, $"create database \"{database}\" encoding 'UTF8' template template0", cancellationToken);
        }
        catch (PostgresException exists)
            when (exists.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another replica was faster.
        }
    }

    private static async Task<bool> IsNewAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into migrations (name) values ($1) on conflict do nothing", connection);
        command.Parameters.Add(Parameters.Text(name));
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The SQL files of this folder, which are named in their order.</summary>
    private static IEnumerable<(string Name, string Sql)> Migrations()
    {
        var assembly = typeof(PostgresSchema).Assembly;
        return assembly.GetManifestResourceNames().Where(name => name.Contains(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(name => (name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..], Read(assembly, name)));
    }

    private static string Read(Assembly assembly, string resource)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Hosting.Documents.Postgres;
using Platform.Hosting.Storage;
using Platform.Integration.Tests.Servers;

namespace Platform.Integration.Tests.Documents;

/// <summary>A database that no other test uses; every store on it stands for a process.</summary>
internal sealed class TestDatabase(PostgresServer server)
{
    private readonly string _prefix = $"test_{Guid.NewGuid():n}_";

    /// <summary>What a process must be told to use it.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Settings =>
    [
        new("Storage:Provider", "postgres"),
        new("Storage:Postgres:ConnectionString", server.ConnectionString),
        new("Storage:Postgres:DatabasePrefix", _prefix),
    ];

    public PostgresDocumentStore Open(string service = "notes") => new(
        new PostgresOptions { ConnectionString = server.ConnectionString, DatabasePrefix = _prefix, Patience = TimeSpan.FromSeconds(60) },
        service, TimeProvider.System, NullLogger.Instance);

    /// <summary>Ends every connection to it, in the middle of whatever it does.</summary>
    public async Task BreakConnectionsAsync(string condition = "true")
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var command = source.CreateCommand(
            $"select pg_terminate_backend(pid) from pg_stat_activity where datname like '{_prefix}%' and {condition}");
        await command.ExecuteNonQueryAsync();
    }
}

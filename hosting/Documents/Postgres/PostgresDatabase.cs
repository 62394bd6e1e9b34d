using Npgsql;
using Platform.Hosting.Documents.Servers;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Documents.Postgres;

/// <summary>A service's own database: prepared at first use, reached through a pool, waited for while its server is away.</summary>
internal sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly NpgsqlConnectionStringBuilder _maintenance;
    private readonly NpgsqlDataSource _pool;
    private readonly NpgsqlDataSource _lasting;
    private readonly TransientRetry _retry;
    private readonly SemaphoreSlim _preparing = new(1, 1);
    private volatile bool _prepared;

    public PostgresDatabase(PostgresOptions options, string service, TimeProvider time)
    {
        _maintenance = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        _maintenance.Database ??= "postgres";
        Name = options.DatabasePrefix + service.Replace('-', '_');
        var own = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Database = Name,
            ApplicationName = $"platform {service}",
        };
        WantedCertificate = own.RootCertificate is { } root
            ? $"for '{own.Host}' by an authority of '{root}'"
            : $"for '{own.Host}' by an authority that the system trusts";
        _pool = NpgsqlDataSource.Create(own);
        _lasting = NpgsqlDataSource.Create(Lasting(own));
        _retry = new TransientRetry(options.Patience, PostgresFaults.IsTransient, time);
    }

    /// <summary>The database's name.</summary>
    public string Name { get; }

    /// <summary>The certificate that the server must show where the connection string asks for one. The client does not say what is wrong with another.</summary>
    public string WantedCertificate { get; }

    /// <summary>Runs <paramref name="operation"/> on a connection, again while the server is away.</summary>
    public Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> operation, CancellationToken cancellationToken) =>
        _retry.RunAsync(async () =>
        {
            await PrepareAsync(cancellationToken);
            await using var connection = await _pool.OpenConnectionAsync(cancellationToken);
            return await operation(connection);
        }, cancellationToken);

    /// <summary>A connection of its own, outside of the pool, to be kept open.</summary>
    public async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return await _lasting.OpenConnectionAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _pool.DisposeAsync();
        await _lasting.DisposeAsync();
        _preparing.Dispose();
    }

    /// <summary>
    /// A connection that waits for notifications or holds a lock must notice within half a minute that the other side's machine
    /// has gone: we ask by queries, and have the server ask.
    /// </summary>
    private static NpgsqlConnectionStringBuilder Lasting(NpgsqlConnectionStringBuilder own) => new(own.ConnectionString)
    {
        Pooling = false,
        KeepAlive = 10,
        Options = $"{own.Options} -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3".TrimStart(),
    };

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (_prepared) return;
        await _preparing.WaitAsync(cancellationToken);
        try
        {
            if (!_prepared) await PostgresSchema.PrepareAsync(_pool, _maintenance, cancellationToken);
            _prepared = true;
        }
        finally
        {
            _preparing.Release();
        }
    }
}

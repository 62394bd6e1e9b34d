using Npgsql;

namespace Platform.Integration.Tests.Servers;

/// <summary>A PostgreSQL server of this test run.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly ServerScript _script = new("postgres");

    /// <summary>As the superuser; every test uses databases of its own.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_script.Port};Username=platform;Database=postgres";

    public Task InitializeAsync() => _script.StartFirstAsync();

    public async Task DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _script.StopAsync();
        _script.Dispose();
    }

    /// <summary>kill -9 of the server.</summary>
    public void Kill() => _script.Kill();

    /// <summary>Starts it again on the same data.</summary>
    public Task RestartAsync() => _script.StartAsync();
}

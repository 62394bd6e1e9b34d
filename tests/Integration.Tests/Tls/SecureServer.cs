using Platform.Integration.Tests.Servers;
using Platform.TestKit.Tls;

namespace Platform.Integration.Tests.Tls;

/// <summary>A real server with a certificate for 127.0.0.1, and not for localhost, by an authority of this test's own.</summary>
public abstract class SecureServer : IAsyncLifetime
{
    /// <summary>The name that its certificate is for.</summary>
    public const string RightName = "127.0.0.1";

    /// <summary>Another by which it is reached all the same.</summary>
    public const string WrongName = "localhost";

    private readonly ServerScript _script;

    protected SecureServer(string server) => _script = new ServerScript(server);

    public TestAuthority Authority { get; } = new();

    /// <summary>One that the server has nothing to do with.</summary>
    public TestAuthority Foreign { get; } = new("Foreign authority");

    public int Port => _script.Port;

    public Task InitializeAsync()
    {
        _script.SpeakTls(Authority.Issue([RightName]), Authority);
        return _script.StartFirstAsync();
    }

    public async Task DisposeAsync()
    {
        await _script.StopAsync();
        _script.Dispose();
        Authority.Dispose();
        Foreign.Dispose();
    }
}

public sealed class SecureRabbitMq() : SecureServer("rabbitmq");

public sealed class SecurePostgres() : SecureServer("postgres");

public sealed class SecureKafka() : SecureServer("kafka");

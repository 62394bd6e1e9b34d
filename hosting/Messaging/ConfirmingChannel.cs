using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform.Hosting.Messaging;

/// <summary>
/// Publishes over a connection of its own and tells what the broker answers to each publication: that all queues have it, or that one refuses it
/// (<see cref="PublishException"/>). The bus does not: it takes a refusal for a lost connection, and repeats what others have got already. One at a time.
/// </summary>
internal sealed class ConfirmingChannel(RabbitMqOptions options, RabbitMqTls tls, string name) : IAsyncDisposable
{
    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> _declared = [];
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>
    /// Completes when the broker has confirmed. <paramref name="collector"/> names an exchange that gets everything that the first gets; null for none.
    /// What fails otherwise than by a refusal has cost the connection; the next publication opens another one.
    /// </summary>
    public async Task PublishAsync(
        string exchange, string? collector, BasicProperties properties, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        try
        {
            var channel = _channel ??= await OpenAsync(cancellationToken);
            await DeclareAsync(channel, exchange, collector, cancellationToken);
            await channel.BasicPublishAsync(exchange, "", mandatory: false, properties, body, cancellationToken);
        }
        catch (Exception exception) when (exception is not PublishException { IsReturn: false })
        {
            await CloseAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            HostName = options.Host,
            Port = options.Port,
            VirtualHost = options.VirtualHost,
            UserName = options.User,
            Password = options.Password,
            AutomaticRecoveryEnabled = false, // what became of a publication must be known
            Ssl = tls.Option(),
        };
        _connection = await factory.CreateConnectionAsync(name, cancellationToken);
        return await _connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), cancellationToken);
    }

    private async Task DeclareAsync(IChannel channel, string exchange, string? collector, CancellationToken cancellationToken)
    {
        if (_declared.Contains(exchange)) return;
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
        if (collector is not null)
        {
            await channel.ExchangeDeclareAsync(collector, ExchangeType.Fanout, durable: true, cancellationToken: cancellationToken);
            await channel.ExchangeBindAsync(collector, exchange, "", cancellationToken: cancellationToken);
        }

        _declared.Add(exchange);
    }

    /// <summary>In an orderly way where the broker answers: then it has taken all that was published here, in its order, before what comes next.</summary>
    private async Task CloseAsync()
    {
        var (connection, channel) = (_connection, _channel);
        (_connection, _channel) = (null, null);
        _declared.Clear();
        if (connection is not null) await connection.AbortAsync(Constants.ReplySuccess, "closed", ClosingPatience);
        if (channel is not null) await channel.DisposeAsync();
        if (connection is not null) await connection.DisposeAsync();
    }
}

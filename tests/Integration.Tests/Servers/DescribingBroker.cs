using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Confluent.Kafka;

namespace Platform.Integration.Tests.Servers;

/// <summary>
/// As much of Kafka's protocol as it takes to be asked for a topic's settings, which no broker that can be had here answers: the mock cluster
/// does not know the question, and Kafka 0.9 was before its time.
/// </summary>
internal sealed class DescribingBroker : IAsyncDisposable
{
    private const short ApiVersions = 18, Metadata = 3, ProducerId = 22, DescribeConfigs = 32;
    private const short NotThatVersion = (short)ErrorCode.UnsupportedVersion;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private int _asked;

    public DescribingBroker()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string BootstrapServers => $"127.0.0.1:{Port}";

    /// <summary>The topic's <c>max.message.bytes</c>.</summary>
    public int Limit { get; set; }

    /// <summary>What is answered instead of the settings.</summary>
    public ErrorCode Refusal { get; set; }

    /// <summary>How often it was asked for them.</summary>
    public int Asked => Volatile.Read(ref _asked);

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true) conversations.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using var owned = client;
        var stream = client.GetStream();
        var size = new byte[sizeof(int)];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(size, _stopping.Token);
                var request = new byte[BinaryPrimitives.ReadInt32BigEndian(size)];
                await stream.ReadExactlyAsync(request, _stopping.Token);
                await stream.WriteAsync(Answer(request), _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The client has gone, or the test has ended.
        }
    }

    private byte[] Answer(byte[] request)
    {
        var answer = new KafkaBytes().Number(BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(4)));
        return (BinaryPrimitives.ReadInt16BigEndian(request) switch
        {
            ApiVersions => DescribeVersions(answer, BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(2))),
            Metadata => answer.Number(1).Number(0).Text("127.0.0.1").Number(Port).Text(null).Number(0).Number(0), // itself, the controller, no topics
            ProducerId => answer.Number(0).Short(0).Number(0).Number(1).Short(0),
            DescribeConfigs => Describe(answer, TopicOf(request)),
            var other => throw new InvalidOperationException($"The broker is asked for {other}, which it has not offered."),
        }).Framed();
    }

    // Whoever asks in a later version is answered in the first.
    private static KafkaBytes DescribeVersions(KafkaBytes answer, short version)
    {
        answer.Short(version == 0 ? (short)0 : NotThatVersion).Number(4);
        foreach (var (api, last) in ((short, short)[])[(ApiVersions, 0), (Metadata, 1), (ProducerId, 0), (DescribeConfigs, 0)])
            answer.Short(api).Short(0).Short(last);
        return answer;
    }

    private KafkaBytes Describe(KafkaBytes answer, string topic)
    {
        const byte isTopic = 2;
        Interlocked.Increment(ref _asked);
        answer.Number(0).Number(1).Short((short)Refusal).Text(null).Byte(isTopic).Text(topic);
        return Refusal == ErrorCode.NoError
            ? answer.Number(1).Text("max.message.bytes").Text($"{Limit}").Byte(0).Byte(0).Byte(0)
            : answer.Number(0);
    }

    // Behind the header with the client's name: how many resources, of which kind, and the first one's name.
    private static string TopicOf(byte[] request)
    {
        const int header = 8;
        var at = header + sizeof(short) + BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(header)) + sizeof(int) + sizeof(byte);
        return Encoding.UTF8.GetString(request, at + sizeof(short), BinaryPrimitives.ReadInt16BigEndian(request.AsSpan(at)));
    }
}

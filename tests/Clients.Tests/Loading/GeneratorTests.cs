using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Cli.Loading;
using Platform.Client.Tensors;

namespace Platform.Clients.Tests.Loading;

/// <summary>What becomes of arrivals at servers of every kind; no times are asserted.</summary>
public sealed class GeneratorTests : IDisposable
{
    private readonly TcpListener _server = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();

    public void Dispose()
    {
        _over.Cancel();
        _server.Dispose();
        _over.Dispose();
    }

    [Fact]
    public async Task Refusals_are_errors_by_their_status()
    {
        var step = await LoadAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}", connections: 8, timeoutSeconds: 60);
        Assert.Equal((step.Arrivals, 0L), (step.Failures + step.Unsent, step.Answers));
        Assert.Equal("503", Assert.Single(step.Errors.Keys));
        Assert.Equal(double.NaN, step.Milliseconds(0.99));
        Assert.Equal(double.PositiveInfinity, step.MillisecondsOfAll(0.5));
    }

    [Fact]
    public async Task Arrivals_at_a_server_that_never_answers_are_timeouts_or_were_not_sent()
    {
        var step = await LoadAsync(answer: null, connections: 2, timeoutSeconds: 0.2);
        Assert.Equal("timeout", Assert.Single(step.Errors.Keys));
        Assert.True(step.Unsent > 0);
        Assert.True(step.Waited > 0); // of two at once, the others waited for them
        Assert.Equal(step.Arrivals, step.Failures + step.Unsent);
    }

    [Fact]
    public async Task Connections_that_break_are_errors()
    {
        var step = await LoadAsync("nonsense\r\n\r\n", connections: 4, timeoutSeconds: 60);
        Assert.Equal("connection", Assert.Single(step.Errors.Keys));
        Assert.Equal(step.Arrivals, step.Failures + step.Unsent);
    }

    [Fact]
    public void A_request_is_made_of_what_the_server_describes()
    {
        var inputs = LoadInput.Make([("image", "FP32", [-1, 3, -1]), ("text", "BYTES", [-1]), ("count", "INT64", [2])], rows: 4);
        Assert.Equal([[4L, 3, 1], [4L], [2L]], inputs.Select(input => input.Shape.ToArray()));
        Assert.All(inputs[0].As<float>().ToArray(), value => Assert.InRange(value, 0, 1));
        Assert.Equal(["a", "a", "a", "a"], inputs[1].Texts());
        Assert.Equal(inputs[0].Raw.ToArray(), LoadInput.Make([("image", "FP32", [-1, 3, -1])], rows: 4)[0].Raw.ToArray());
    }

    [Fact]
    public void A_request_of_ones_own_may_have_nested_lists()
    {
        var body = JsonNode.Parse("""{"inputs":[{"name":"x","datatype":"FP32","shape":[2,2],"data":[[1,2],[3,4]]}]}""")!.AsObject();
        Tensor input = Assert.Single(LoadInput.Read(body, "request.json"));
        Assert.Equal([1f, 2, 3, 4], input.As<float>().ToArray());
    }

    private async Task<LoadStep> LoadAsync(string? answer, int connections, double timeoutSeconds)
    {
        _server.Start();
        var serving = ServeAsync(answer);
        var address = new LoadAddress(new Uri($"http://{_server.LocalEndpoint}"), null, "m", null, connections);
        using var target = await HttpLoadTarget.CreateAsync(address, new StringContent("{}"));
        var step = await new LoadGenerator(target, connections, TimeSpan.FromSeconds(timeoutSeconds)).RunAsync(200, TimeSpan.FromSeconds(1), seed: 1, CancellationToken.None);
        await _over.CancelAsync();
        await serving;
        Assert.True(step.Arrivals > 0);
        return step;
    }

    private async Task ServeAsync(string? answer)
    {
        try
        {
            while (true) _ = AnswerAsync(await _server.AcceptTcpClientAsync(_over.Token), answer);
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient connection, string? answer)
    {
        using (connection)
        {
            try
            {
                var (buffer, request) = (new byte[4096], "");
                while (await connection.GetStream().ReadAsync(buffer, _over.Token) is > 0 and var count)
                {
                    request += Encoding.ASCII.GetString(buffer, 0, count);
                    if (answer is null || !request.EndsWith("\r\n\r\n{}", StringComparison.Ordinal)) continue;
                    request = "";
                    await connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), _over.Token);
                    if (!answer.StartsWith("HTTP", StringComparison.Ordinal)) return;
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException)
            {
                // The client is gone, or the test is over.
            }
        }
    }
}

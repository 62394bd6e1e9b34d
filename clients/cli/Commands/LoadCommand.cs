using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Cli.Loading;
using Platform.Cli.Settings;
using Platform.Client;
using Platform.Client.Predictions;
using Platform.Client.Tensors;
using Platform.Client.Transport;

namespace Platform.Cli.Commands;

/// <summary>Loads a server, and finds the highest rate at which it keeps a promise.</summary>
internal sealed class LoadCommand(CommandContext context)
{
    private const string Help = """
        Sends requests as many callers would, by a Poisson process that waits for no answer, to any server of the Open Inference Protocol. With an objective it
        finds the highest rate at which that holds, by doubling and bisection. Latencies count from the planned arrival, so that what waits is not left out;
        what failed or could not be sent counts as slower than the objective.

          platform load credit --objective p99=20ms
          platform load credit --rate 500 --duration 30 --protocol grpc
          platform load credit --url http://127.0.0.1:8000 --body request.json --objective p99.9=50ms --json
        """;

    private readonly Argument<string> _model = new("model") { Description = "The model's name." };
    private readonly Option<string?> _version = new("--version-of-model") { Description = "A version's number or alias; the server's own choice when absent." };
    private readonly Option<string> _protocol = new("--protocol") { Description = "json, binary (tensors behind the JSON) or grpc.", DefaultValueFactory = _ => "json" };
    private readonly Option<FileInfo?> _body = new("--body") { Description = "A request in JSON, sent over and over; made of the model's metadata, with numbers by chance, when absent." };
    private readonly Option<int> _rows = new("--rows") { Description = "Rows of a request that is made.", DefaultValueFactory = _ => 1 };
    private readonly Option<string?> _objective = new("--objective") { Description = "p99=20ms: that share of all arrivals is answered within the time." };
    private readonly Option<double?> _rate = new("--rate") { Description = "Arrivals a second, for one step; without it the rate is searched for." };
    private readonly Option<double> _from = new("--from") { Description = "The rate at which a search begins.", DefaultValueFactory = _ => 50 };
    private readonly Option<double> _to = new("--to") { Description = "The highest rate that is tried.", DefaultValueFactory = _ => 100_000 };
    private readonly Option<double> _precision = new("--precision") { Description = "How near a search comes, as a share of the rate.", DefaultValueFactory = _ => 0.05 };
    private readonly Option<double> _duration = new("--duration") { Description = "Seconds of a step; longer where the objective's quantile needs more arrivals.", DefaultValueFactory = _ => 10 };
    private readonly Option<double> _warmUp = new("--warm-up") { Description = "Seconds before the first step, which are not counted.", DefaultValueFactory = _ => 2 };
    private readonly Option<double> _timeout = new("--timeout") { Description = "Seconds that an answer may take.", DefaultValueFactory = _ => 10 };
    private readonly Option<int> _connections = new("--connections") { Description = "The most requests at once; what arrives beyond waits.", DefaultValueFactory = _ => 256 };

    public static Command Create(CommandContext context) => new LoadCommand(context).Create();

    private Command Create()
    {
        _protocol.AcceptOnlyFromAmong("json", "binary", "grpc");
        return context.Command("load", Help,
            [_model, _version, _protocol, _body, _rows, _objective, _rate, _from, _to, _precision, _duration, _warmUp, _timeout, _connections], RunAsync);
    }

    private async Task<int> RunAsync(PlatformClient client, ParseResult parsed, CancellationToken cancellationToken)
    {
        var objective = parsed.GetValue(_objective) is { } text ? LatencyObjective.Parse(text) : null;
        if (objective is null && parsed.GetValue(_rate) is null) throw new UsageException("either --objective or --rate is needed, or both");
        Check(parsed);
        objective?.CheckRate(parsed.GetValue(_rate) ?? Math.Min(parsed.GetValue(_from), parsed.GetValue(_to)));
        var (url, key) = context.Login.Read(parsed.GetValue(context.Url));
        var address = new LoadAddress(url, key, parsed.GetRequiredValue(_model), parsed.GetValue(_version), parsed.GetValue(_connections));
        var protocol = parsed.GetValue(_protocol)!;
        using var target = await TargetAsync(client, parsed, address, protocol, cancellationToken);
        await TryAsync(target, parsed, address, cancellationToken);

        var report = new LoadReport(context.Terminal, context.WantsJson(parsed), address, protocol, objective);
        var generator = new LoadGenerator(target, address.Connections, Seconds(parsed, _timeout));
        report.Begin();
        if (parsed.GetValue(_warmUp) > 0) await generator.RunAsync(parsed.GetValue(_rate) ?? parsed.GetValue(_from), Seconds(parsed, _warmUp), 0, cancellationToken);
        return parsed.GetValue(_rate) is { } rate
            ? await StepAsync(rate)
            : await SearchAsync();

        async Task<int> StepAsync(double rate)
        {
            var step = await RunStepAsync(rate, 1);
            report.End(searched: false, null);
            return step.Answers == 0 || objective?.HeldIn(step) == false ? ExitCodes.NotHeld : ExitCodes.Done;
        }

        async Task<int> SearchAsync()
        {
            var search = new RateSearch(parsed.GetValue(_from), parsed.GetValue(_to), parsed.GetValue(_precision), objective!.LowestRate);
            var seed = 0;
            var highest = await search.FindAsync(async rate => objective.HeldIn(await RunStepAsync(rate, ++seed)));
            report.End(searched: true, highest);
            return highest is null ? ExitCodes.NotHeld : ExitCodes.Done;
        }

        async Task<LoadStep> RunStepAsync(double rate, int seed)
        {
            var duration = Seconds(parsed, _duration);
            var step = await generator.RunAsync(rate, objective?.StepAt(rate, duration) ?? duration, seed, cancellationToken);
            report.Add(step);
            return step;
        }
    }

    private async Task<ILoadTarget> TargetAsync(PlatformClient client, ParseResult parsed, LoadAddress address, string protocol, CancellationToken cancellationToken)
    {
        var body = parsed.GetValue(_body) is { } file ? JsonFiles.ReadObject(file) : null;
        if (body is not null && protocol == "json") return await HttpLoadTarget.CreateAsync(address, Json(body));
        var tensors = body is not null
            ? LoadInput.Read(body, parsed.GetValue(_body)!.Name)
            : LoadInput.Make(await DescribeAsync(client, address, protocol, cancellationToken), parsed.GetValue(_rows));
        return protocol switch
        {
            "grpc" => new GrpcLoadTarget(address, tensors),
            "binary" => await HttpLoadTarget.CreateAsync(address, InferContent.Write(tensors)),
            _ => await HttpLoadTarget.CreateAsync(address, Json(new JsonObject { ["inputs"] = new JsonArray([.. tensors.Select(TensorJson.Write)]) })),
        };
    }

    private static async Task<IReadOnlyList<(string Name, string Datatype, IReadOnlyList<long> Shape)>> DescribeAsync(
        PlatformClient client, LoadAddress address, string protocol, CancellationToken cancellationToken)
    {
        if (protocol == "grpc") return await GrpcLoadTarget.DescribeAsync(address, cancellationToken);
        var metadata = await client.Http.GetAsync($"/v2/{Paths.Model(address.Model, address.Version)}", cancellationToken);
        return [.. metadata["inputs"]!.AsArray().Select(input => TensorJson.Describe(input!.AsObject())).Select(input => (input.Name, input.Datatype, (IReadOnlyList<long>)input.Shape))];
    }

    /// <summary>What is wrong with the request is said before it is sent a thousand times.</summary>
    private async Task TryAsync(ILoadTarget target, ParseResult parsed, LoadAddress address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Seconds(parsed, _timeout));
        try
        {
            await target.TryAsync(limit.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PlatformException($"{address.Url} did not answer the first request within {parsed.GetValue(_timeout)} s.", cause: exception);
        }
    }

    private void Check(ParseResult parsed)
    {
        Within(_rows, 1, 1 << 20);
        Within(_connections, 1, 10_000);
        foreach (var option in new[] { _from, _to }) Within(option, RateSearch.Lowest, 1_000_000);
        if (parsed.GetValue(_rate) is { } rate && rate is not (>= RateSearch.Lowest and <= 1_000_000)) throw Outside(_rate, RateSearch.Lowest, 1_000_000);
        Within(_precision, 0.001, 1);
        Within(_duration, 0.1, LatencyObjective.LongestStep.TotalSeconds);
        Within(_warmUp, 0, 3_600);
        Within(_timeout, 0.001, 3_600);

        void Within<T>(Option<T> option, double least, double most) where T : IConvertible
        {
            var value = Convert.ToDouble(parsed.GetValue(option), System.Globalization.CultureInfo.InvariantCulture);
            if (!(value >= least && value <= most)) throw Outside(option, least, most);
        }
    }

    private static UsageException Outside(Option option, double least, double most) => new(FormattableString.Invariant($"{option.Name} is {least} to {most}"));

    private static TimeSpan Seconds(ParseResult parsed, Option<double> option) => TimeSpan.FromSeconds(parsed.GetValue(option));

    private static ByteArrayContent Json(JsonObject body) =>
        new(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}

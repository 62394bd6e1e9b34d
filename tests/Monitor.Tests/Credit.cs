using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Tests;

/// <summary>A small binary classifier of loan applications: four features, a score for the class "bad".</summary>
internal static class Credit
{
    private static readonly string[] Purposes = ["car", "tv", "house"];

    /// <summary>The young against the others: the score is larger for the young, so this is unfair.</summary>
    public static readonly FairnessDefinition ByAge =
        new() { Feature = "age", Privileged = new() { Min = 40 }, Unprivileged = new() { Max = 39.999 }, FavourableClass = "good" };

    /// <summary>Decisions about owners are compared with those about others: it makes no difference.</summary>
    public static ModelVersionDescription Version(string version = "1", Func<VersionMetadata, VersionMetadata>? change = null)
    {
        var metadata = new VersionMetadata
        {
            Task = "binary_classification",
            Output = "probabilities",
            Classes = ["good", "bad"],
            PositiveClass = "bad",
            Features =
            [
                new() { Name = "age" }, new() { Name = "amount" },
                new() { Name = "purpose", Kind = "categorical", Categories = Purposes }, new() { Name = "owner", Kind = "categorical" },
            ],
            Fairness = new() { Feature = "owner", Privileged = new() { Values = ["1"] }, Unprivileged = new() { Values = ["0"] }, FavourableClass = "good" },
        };
        return new()
        {
            Model = "credit",
            Version = version,
            Metadata = change is null ? metadata : change(metadata),
            Signature = new()
            {
                Inputs = [new() { Name = "input", Datatype = "FP32", Shape = [-1, 4] }],
                Outputs = [new() { Name = "probabilities", Datatype = "FP32", Shape = [-1, 2] }],
            },
        };
    }

    /// <summary>An ordinary application.</summary>
    public static double?[] Applicant(Random random) =>
        [Math.Round(20 + 40 * random.NextDouble()), Math.Round(1000 + 4000 * random.NextDouble()), random.Next(3), random.Next(2)];

    /// <summary>A young applicant who asks for much.</summary>
    public static double?[] YoungApplicant(Random random) =>
        [Math.Round(20 + 5 * random.NextDouble()), Math.Round(4000 + 4000 * random.NextDouble()), random.Next(3), random.Next(2)];

    /// <summary>The score of the class "bad": larger for the young.</summary>
    public static double Score(double?[] applicant) => Math.Clamp(1.4 - (applicant[0] ?? 40) / 45, 0.02, 0.98);

    /// <summary>The label that the score is right about.</summary>
    public static string Truth(double?[] applicant) => Score(applicant) >= 0.5 ? "bad" : "good";

    public static (IReadOnlyList<ReferenceRow> Rows, IReadOnlyList<ReferencePrediction> Predictions) Reference(int rows, int seed = 1)
    {
        var random = new Random(seed);
        var applicants = Enumerable.Range(0, rows).Select(_ => Applicant(random)).ToArray();
        return (
            [.. applicants.Select(applicant => new ReferenceRow { Inputs = Tensor("input", applicant), Label = Json(Truth(applicant)) })],
            [.. applicants.Select(applicant => new ReferencePrediction { Outputs = Tensor("probabilities", Scores(applicant)) })]);
    }

    public static PredictionLogged Prediction(string id, double?[] applicant, DateTimeOffset? at = null, string version = "1") =>
        Prediction(id, [applicant], at, version);

    /// <summary>A request of several rows.</summary>
    public static PredictionLogged Prediction(string id, double?[][] applicants, DateTimeOffset? at = null, string version = "1") => new()
    {
        Id = id,
        Subject = "credit",
        Time = at ?? DateTimeOffset.UtcNow,
        Data = new()
        {
            Version = version,
            Route = "champion",
            Rows = applicants.Length,
            Inputs = [new() { Name = "input", Datatype = "FP32", Shape = [applicants.Length, 4], Data = Json(applicants.SelectMany(row => row)) }],
            Outputs = [new() { Name = "probabilities", Datatype = "FP32", Shape = [applicants.Length, 2], Data = Json(applicants.SelectMany(Scores)) }],
            Timings = new() { QueueMicros = 100, BatchMicros = 50, ComputeMicros = 800, TotalMicros = 1000 },
        },
    };

    /// <summary>The same with the features' names, as inference logs them.</summary>
    public static PredictionLogged Named(PredictionLogged record) => record with
    {
        Data = record.Data with { Inputs = [record.Data.Inputs[0] with { Features = ["age", "amount", "purpose", "owner"] }] },
    };

    public static PredictionLogged Failure(string id, string status = PredictionStatus.Failed, string version = "1") => new()
    {
        Id = id,
        Subject = "credit",
        Time = DateTimeOffset.UtcNow,
        Data = new() { Version = version, Status = status, Error = "It did not work." },
    };

    public static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value);

    private static double?[] Scores(double?[] applicant) => [1 - Score(applicant), Score(applicant)];

    private static Dictionary<string, JsonElement> Tensor(string name, double?[] values) => new() { [name] = Json(values) };
}

using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.TestKit;

namespace Platform.Contracts.Tests;

/// <summary>The golden JSON of everything that leaves a process: messages by wire name, and the data that services exchange.</summary>
internal static class Golden
{
    private static readonly Dictionary<string, Type> Data = new()
    {
        ["data.prediction-logged.v1"] = typeof(PredictionLogged),
        ["data.deployment-snapshot.v1"] = typeof(DeploymentSnapshot),
        ["data.key-snapshot.v1"] = typeof(KeySnapshot),
        ["data.key-use.v1"] = typeof(KeyUse),
        ["data.reference-row.v1"] = typeof(ReferenceRow),
        ["data.reference-prediction.v1"] = typeof(ReferencePrediction),
    };

    public static string Folder { get; } = Repository.PathOf("tests", "golden", "contracts");

    public static IReadOnlyDictionary<string, Type> Types { get; } = MessageTypes.All.Concat(Data).ToDictionary();

    public static TheoryData<string> Names => new(Types.Keys.Order(StringComparer.Ordinal));

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));
}

using System.Globalization;

namespace Platform.Bench.Stages;

/// <summary>What the command line says.</summary>
/// <param name="Requests">Requests measured a cell.</param>
internal sealed record StagesOptions(int Requests)
{
    public const string Help = """
        Usage: ./dev bench stages [--requests 5000]

        Where the time of one request goes, in microseconds by stage, and what each stage allocates on the managed heap.

          --requests N     requests measured for each kind of model
        """;

    /// <summary>The options, or null when the arguments are not understood.</summary>
    public static StagesOptions? Parse(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => new StagesOptions(5000),
        ["--requests", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 => new StagesOptions(number),
        _ => null,
    };
}

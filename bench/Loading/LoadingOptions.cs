using System.Globalization;

namespace Platform.Bench.Loading;

/// <summary>What the command line says.</summary>
/// <param name="Cycles">Loads and unloads of the large model.</param>
/// <param name="Megabytes">Weights of the large model, in MiB.</param>
/// <param name="Models">Small models side by side.</param>
/// <param name="Room">How many of them the memory bound holds at a time.</param>
internal sealed record LoadingOptions(int Cycles, int Megabytes, int Models, int Room)
{
    public const string Help = """
        Usage: ./dev bench loading [--cycles 50] [--megabytes 32] [--models 100] [--room 20]

        Memory of an inference process: while a large model is loaded and unloaded again and again, for each of many small
        models, and with room for only some of them.

          --cycles N       loads and unloads of the large model
          --megabytes N    weights of the large model, in MiB
          --models N       small models side by side
          --room N         how many of them the memory bound holds at a time
        """;

    /// <summary>The options, or null when the arguments are not understood.</summary>
    public static LoadingOptions? Parse(IReadOnlyList<string> arguments)
    {
        LoadingOptions? options = new(50, 32, 100, 20);
        for (var i = 0; i < arguments.Count && options is not null; i += 2)
            options = int.TryParse(arguments.ElementAtOrDefault(i + 1), CultureInfo.InvariantCulture, out var number) && number > 0
                ? options.With(arguments[i], number)
                : null;
        return options;
    }

    private LoadingOptions? With(string name, int number) => name switch
    {
        "--cycles" => this with { Cycles = number },
        "--megabytes" => this with { Megabytes = number },
        "--models" => this with { Models = number },
        "--room" => this with { Room = number },
        _ => null,
    };
}

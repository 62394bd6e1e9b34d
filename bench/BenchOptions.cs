using System.Globalization;

namespace Platform.Bench;

/// <summary>What the command line says.</summary>
internal sealed record BenchOptions(TimeSpan Duration, int Rounds, string? Only, bool Neighbours)
{
    public const string Help = """
        Usage: ./dev bench serving [--seconds 4] [--rounds 3] [--only TEXT] [--no-neighbours]
               ./dev bench gateway [--seconds 4] [--rounds 3]
               ./dev bench isolation [--seconds 4] [--rounds 3] [--only TEXT] [--no-neighbours]
               ./dev bench jobs [--rounds 3]
               ./dev bench documents [--seconds 4] [--rounds 3]

        serving   against the limit that an empty endpoint and the bare runtime set, in one table; exits with 1 where
                  what must be reached is not, or was not shown
        isolation models in the service's process and in workers, side by side; exits with 1 where what must be
                  reached is not
        gateway   the same request straight to inference, through the gateway and through YARP alone; exits with 1
                  where the gateway falls short of what it must reach of YARP's rate
        jobs      200 jobs submitted one after the other, to ./dev run and to ./dev up
        documents the stores of documents in files and in SQLite, in turns

          --seconds N      length of each measurement
          --rounds N       interleaved rounds a cell; in serving and gateway the best counts, of the limit as of
                           the service, in isolation, jobs and documents the median
          --only TEXT      only the cells whose name contains TEXT
          --no-neighbours  leave out the latency of one model while another loads
        """;

    /// <summary>The options, or null when the arguments are not understood.</summary>
    public static BenchOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new BenchOptions(TimeSpan.FromSeconds(4), 3, null, true);
        for (var i = 0; i < arguments.Count; i++)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            BenchOptions? next = (arguments[i], double.TryParse(value, CultureInfo.InvariantCulture, out var number)) switch
            {
                ("--seconds", true) when number > 0 => options with { Duration = TimeSpan.FromSeconds(number) },
                ("--rounds", true) when number >= 1 => options with { Rounds = (int)number },
                ("--only", _) => options with { Only = value },
                ("--no-neighbours", _) => options with { Neighbours = false },
                _ => null,
            };
            if (next is null) return null;
            options = next;
            if (arguments[i] != "--no-neighbours") i++;
        }
        return options;
    }

    public bool Includes(string cell) => Only is null || cell.Contains(Only, StringComparison.OrdinalIgnoreCase);
}

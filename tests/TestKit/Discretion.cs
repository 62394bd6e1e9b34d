using System.Text.RegularExpressions;
using Xunit;

namespace Platform.TestKit;

/// <summary>
/// What an error must not tell its caller: paths and files of our machine, types, source lines and memory addresses. Every error that a
/// test reads by <see cref="HttpAnswers"/> or at the end of a whole platform is held to it.
/// </summary>
public static partial class Discretion
{
    /// <summary>Fails where the text tells of the inside.</summary>
    public static void AssertKept(string what, string text)
    {
        foreach (var place in new[] { Repository.Root, Path.GetTempPath(), AppContext.BaseDirectory })
            Assert.False(place.Length > 1 && text.Contains(place, StringComparison.Ordinal), $"{what} names the folder {place}: {text}");
        var told = Inside().Match(text);
        Assert.False(told.Success, $"{what} tells '{told.Value}': {text}");
    }

    [GeneratedRegex("""
        (?<![\w.:/%-])/(?:root|home|usr|tmp|var|etc|opt|app|proc|lib|mnt|onnxruntime_src)/   # a folder of the system
        | \b[\w-]+\.(?:cs|cc|cpp|cu|hpp|dll|pdb|csproj|py|so)\b(?![\w/])                     # a source or a library
        | \b(?:System|Microsoft|Platform|Npgsql|MassTransit|Confluent|RabbitMQ|FASTER|Yarp|Google|Grpc)\.[A-Z]\w*   # a namespace
        | [a-z]Exception\b | \bat\ [\w.<>]+\( | [A-Za-z_]{3,}::\w | onnxruntime/ | \(Parameter\ ' | `\d
        | \b0x[0-9a-fA-F]{8,}
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Inside();
}

using System.Reflection;

namespace Platform.Hosting.OpenApi;

/// <summary>
/// The texts that a member, an element of its list, or a parameter can be: those of the code itself, so that the description
/// cannot name others.
/// </summary>
/// <param name="source">The type that holds them.</param>
/// <param name="list">Its static member that lists them; its public constants when absent.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OneOfAttribute(Type source, string? list = null) : Attribute
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The texts, in the order of the code.</summary>
    public IReadOnlyList<string> Values => list is null ? Constants() : [.. Listed(list)];

    private string[] Constants() =>
        [.. source.GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral).Select(field => field.GetRawConstantValue()).OfType<string>()];

    private IEnumerable<string> Listed(string name) =>
        (source.GetProperty(name, Any)?.GetValue(null) ?? source.GetField(name, Any)?.GetValue(null)) as IEnumerable<string>
        ?? throw new InvalidOperationException($"{source.Name} has no list of texts '{name}'.");
}

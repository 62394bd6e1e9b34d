using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Platform.Messages;

/// <summary>The summaries of the contracts, as plain text.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> Members = Read();

    public static string Of(Type type) => Text($"T:{type.FullName}");

    public static string Of(PropertyInfo property) => Text($"P:{property.DeclaringType!.FullName}.{property.Name}");

    private static string Text(string member) =>
        Members.TryGetValue(member, out var found) ? Spaces().Replace(string.Concat(found.Element("summary")!.Nodes().Select(Text)), " ").Trim() : "";

    /// <summary>A reference is shown as readers of JSON know it: by the last part of its name, in camel case for a property.</summary>
    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => Short(see.Attribute("cref")?.Value ?? ""),
        XElement element => string.Concat(element.Nodes().Select(Text)),
        _ => "",
    };

    private static string Short(string reference)
    {
        var name = reference[(reference.LastIndexOf('.') + 1)..];
        return reference.StartsWith("P:", StringComparison.Ordinal) ? char.ToLowerInvariant(name[0]) + name[1..] : name;
    }

    private static Dictionary<string, XElement> Read()
    {
        var assembly = typeof(Platform.Contracts.MessageTypes).Assembly;
        return XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

package event

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Fields reads a JSON object field by field and collects what is wrong with it.
//
// encoding/json alone would take "PAGE" for page, null for "" and a missing field for an empty one.
type Fields struct {
	path   string
	values map[string]json.RawMessage
	faults *[]string
}

// Text may be empty.
func (f *Fields) Text(name string) string {
	text, ok := f.text(name)
	if ok && strings.ContainsRune(text, 0) {
		// PostgreSQL can't store it; what is accepted has to fit into the store.
		f.fault(name, "must not contain U+0000")
	}
	return text
}

// OptionalText is a text or null; the field itself must be there.
func (f *Fields) OptionalText(name string) *string {
	if f.isNull(name) {
		return nil
	}
	text := f.Text(name)
	return &text
}

// Identifier is a text that isn't empty.
func (f *Fields) Identifier(name string) string {
	return f.checked(name, "must not be empty", func(text string) bool { return text != "" })
}

// Matching is a text of that form; the hint says which.
func (f *Fields) Matching(name string, form *regexp.Regexp, hint string) string {
	return f.checked(name, hint, form.MatchString)
}

// OneOf is one of the choices.
func (f *Fields) OneOf(name string, choices ...string) string {
	hint := "must be one of " + strings.Join(choices, ", ")
	return f.checked(name, hint, func(text string) bool { return slices.Contains(choices, text) })
}

// Count is a whole number that isn't negative, up to what every JSON reader keeps exactly.
func (f *Fields) Count(name string) int64 {
	return f.Whole(name, 0, 1<<53-1)
}

// Whole is a whole number, written as one: 1.0 and 1e3 are none.
func (f *Fields) Whole(name string, low, high int64) int64 {
	raw, ok := f.value(name)
	if !ok {
		return 0
	}
	number, err := strconv.ParseInt(string(raw), 10, 64)
	if err != nil || number < low || number > high {
		f.fault(name, fmt.Sprintf("must be a whole number from %d to %d", low, high))
	}
	return number
}

// Flag is true or false.
func (f *Fields) Flag(name string) bool {
	raw, ok := f.value(name)
	if ok && string(raw) != "true" && string(raw) != "false" {
		f.fault(name, "must be true or false")
	}
	return string(raw) == "true"
}

// Object is any JSON object, kept as it is.
func (f *Fields) Object(name string) json.RawMessage {
	raw, ok := f.value(name)
	if ok && raw[0] != '{' {
		f.fault(name, "must be an object")
	}
	return raw
}

// Nested is an object whose fields are read in turn, or nil for null.
func (f *Fields) Nested(name string) *Fields {
	if f.isNull(name) {
		return nil
	}
	raw, ok := f.value(name)
	if !ok {
		return nil
	}
	return f.inside(f.path+name, raw)
}

// List is a list of objects with at least one entry.
func (f *Fields) List(name string) []*Fields {
	raw, ok := f.value(name)
	if !ok {
		return nil
	}
	var items []json.RawMessage
	if raw[0] != '[' || json.Unmarshal(raw, &items) != nil || len(items) == 0 {
		f.fault(name, "must be a list with at least one entry")
		return nil
	}
	list := make([]*Fields, len(items))
	for i, item := range items {
		list[i] = f.inside(fmt.Sprintf("%s%s.%d", f.path, name, i), item)
	}
	return list
}

func (f *Fields) checked(name, hint string, fits func(string) bool) string {
	before := len(*f.faults)
	text := f.Text(name)
	if len(*f.faults) == before && !fits(text) {
		f.fault(name, hint)
	}
	return text
}

func (f *Fields) text(name string) (text string, ok bool) {
	raw, ok := f.value(name)
	if !ok {
		return "", false
	}
	if raw[0] != '"' || json.Unmarshal(raw, &text) != nil {
		f.fault(name, "must be a string")
		return "", false
	}
	return text, true
}

func (f *Fields) value(name string) (json.RawMessage, bool) {
	raw, ok := f.values[name]
	if !ok {
		f.fault(name, "is required")
	}
	return raw, ok
}

func (f *Fields) isNull(name string) bool {
	return string(f.values[name]) == "null"
}

func (f *Fields) inside(path string, raw json.RawMessage) *Fields {
	nested := &Fields{path: path + ".", faults: f.faults}
	if raw[0] != '{' || json.Unmarshal(raw, &nested.values) != nil {
		*f.faults = append(*f.faults, path+": must be an object")
	}
	return nested
}

func (f *Fields) fault(name, what string) {
	*f.faults = append(*f.faults, f.path+name+": "+what)
}

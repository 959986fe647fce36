# Sourced: the HTML checker and Lighthouse from the npm registry, at fixed versions, outside the tree that ships.
web_tools=${WEB_TOOLS:-$PWD/var/web-tools}
if [ ! -x "$web_tools/node_modules/.bin/lighthouse" ] || [ ! -e "$web_tools/node_modules/vnu-jar/build/dist/vnu.jar" ]; then
  mkdir -p "$web_tools"
  npm install --prefix "$web_tools" --no-audit --no-fund --ignore-scripts --loglevel error lighthouse@12.8.2 vnu-jar@26.9.27
fi
export VNU_JAR="$web_tools/node_modules/vnu-jar/build/dist/vnu.jar"
export LIGHTHOUSE="$web_tools/node_modules/.bin/lighthouse"
